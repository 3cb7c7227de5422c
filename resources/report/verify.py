#!/usr/bin/env python3
"""Checks an evidence pack of Touchstone without Touchstone.

    python verify.py PACK.zip --key FINGERPRINT [--documents DIR] [--model FILE] [--head HASH] [--lang zh]

One Python file: the standard library suffices; with the package ``cryptography`` signatures are checked too.
It prints one line a check: PASS, FAIL, or NOT CHECKED where something needed for the check was not there.
Exit code 0: nothing failed (read the NOT CHECKED lines before you rely on it); 1: something failed; 2: usage.

Take this file from a Touchstone that you trust (``touchstone report verifier --out verify.py``), not from the
pack that you want to check, and the key's fingerprint from the people who run the library, not from the pack.
The pack is data to this program: nothing in it is run, unpacked to disk, or followed.

It is one long file on purpose: whoever gets it can read it, copy it and run it with nothing installed. From top
to bottom: what it says, the zip, signatures, the manifest, the log, the answer, files from outside, the page.
Whatever cannot be understood is a FAIL.
"""

import argparse
import hashlib
import json
import os
import re
import struct
import sys
import unicodedata
import zipfile
import zlib
from html.parser import HTMLParser
from io import BytesIO

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

FORMAT = 1
MOST_BYTES = 512 * 2**20
MOST_FILES = 5000
MOST_SIGNATURE = 65536
GENESIS = "0" * 64
NAME = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/){0,2}[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+){0,2}")
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens, joiners: they change nothing that is read
# What a decision adds to an answer; the digest that a person signs is of the answer without it.
UNDECIDED = {
    "decision": "held",
    "final_text": None,
    "caveats": [],
    "decided_by": None,
    "decided_at": None,
    "decision_reason": None,
    "decision_code": None,
    "review_seconds": None,
    "signature": None,
    "four_eyes": False,
}
NEEDED = ("manifest.json", "answer.json", "documents.json", "chain.jsonl", "index.html")

SAYS = {
    "pack_unreadable": ("the pack cannot be read: {why}", "无法读取证据包：{why}"),
    "pack_size": (
        "the pack is larger than {limit} bytes; it was not opened",
        "证据包超过 {limit} 字节，未打开",
    ),
    "not_zip": ("the pack is not a whole zip file: {why}", "证据包不是完整的 zip 文件：{why}"),
    "too_many": (
        "the zip names {count} files; {limit} is the most",
        "zip 内有 {count} 个文件，上限为 {limit}",
    ),
    "bad_name": (
        "the zip holds a name that no pack has ({name}): refused",
        "zip 中含有证据包不会使用的文件名（{name}），已拒绝",
    ),
    "twice": ("the zip holds two files named {name}: refused", "zip 中有两个同名文件 {name}，已拒绝"),
    "compressed": (
        "{name} is compressed or encrypted, and packs never are: refused, not unpacked",
        "{name} 经过压缩或加密，而证据包从不压缩：已拒绝，未解压",
    ),
    "zip_form": (
        "the zip holds exactly its files: no byte added, moved or hidden",
        "zip 与其所含文件逐字节相符，无添加、移动或隐藏的内容",
    ),
    "sig_missing": ("there is no signature file {name}", "缺少签名文件 {name}"),
    "sig_unreadable": ("the signature file {name} cannot be used: {why}", "签名文件 {name} 无法使用：{why}"),
    "sig_sha": ("the pack has the hash that its signature file names", "证据包的哈希与签名文件所记一致"),
    "sig_no_package": (
        "signature: the Python package cryptography is not installed here",
        "签名：本机未安装 Python 软件包 cryptography",
    ),
    "sig_valid": (
        "signature: made by the key with the fingerprint {fingerprint}",
        "签名：由指纹为 {fingerprint} 的密钥签署",
    ),
    "sig_fingerprint": (
        "the signature file's fingerprint belongs to its public key",
        "签名文件中的指纹与其公钥相符",
    ),
    "key_same": ("the signing key is the one you named with --key", "签名密钥就是您用 --key 指定的密钥"),
    "key_unnamed": (
        "whose key it is: no fingerprint from elsewhere was given with --key",
        "密钥归属：未用 --key 给出从其他渠道取得的指纹",
    ),
    "files_missing": ("the pack lacks {names}", "证据包缺少 {names}"),
    "manifest": (
        "all {count} files have the hashes and sizes of the manifest, none is missing or added",
        "{count} 个文件的哈希与大小均与清单一致，无缺失、无多余",
    ),
    "manifest_differs": (
        "the manifest does not fit the files: {names}",
        "清单与文件不符：{names}",
    ),
    "json_bad": ("{name} cannot be understood: {why}", "无法解读 {name}：{why}"),
    "version": (
        "the pack is of format {found}; this verifier knows format {known}. Get a newer one",
        "证据包格式为 {found}，本程序只支持格式 {known}，请换用新版校验程序",
    ),
    "chain_hashes": (
        "audit log: {count} records have the hash that their content gives",
        "审计日志：{count} 条记录的内容与哈希一致",
    ),
    "chain_record": (
        "audit log: record {seq} was edited: its hash does not fit",
        "审计日志：第 {seq} 条记录被改动，哈希不符",
    ),
    "chain_links": (
        "audit log: each record follows the one before it ({first} to {last})",
        "审计日志：第 {first} 至 {last} 条记录首尾相接",
    ),
    "chain_link": (
        "audit log: record {seq} does not follow the one before it",
        "审计日志：第 {seq} 条记录与前一条衔接不上",
    ),
    "chain_order": (
        "audit log: record {seq} is out of order or there twice",
        "审计日志：第 {seq} 条记录顺序错误或重复",
    ),
    "chain_gap": (
        "audit log: the records between {first} and {last} are not in the pack",
        "审计日志：第 {first} 与第 {last} 条之间的记录不在证据包内",
    ),
    "chain_signed": (
        "audit log: {count} records are signed by the key of the pack",
        "审计日志：{count} 条记录均由该证据包的密钥签名",
    ),
    "chain_signature": (
        "audit log: the signature of record {seq} is wrong",
        "审计日志：第 {seq} 条记录的签名有误",
    ),
    "chain_unsigned": ("audit log: {count} records carry no signature", "审计日志：{count} 条记录没有签名"),
    "chain_no_package": (
        "audit log: signatures of {count} records: the Python package cryptography is not installed here",
        "审计日志：{count} 条记录的签名：本机未安装 Python 软件包 cryptography",
    ),
    "chain_other_key": (
        "audit log: some records are signed by another key of the library ({fingerprint}); whose it is was not checked",
        "审计日志：部分记录由该文件库的另一把密钥（{fingerprint}）签名，其归属未检查",
    ),
    "chain_time": (
        "audit log: the clock went back at record {seq} ({at})",
        "审计日志：第 {seq} 条记录处时钟倒退（{at}）",
    ),
    "chain_clock": ("audit log: times never go back", "审计日志：记录时间没有倒退"),
    "chain_answer": (
        "audit log: the pack holds the record of this answer",
        "审计日志：证据包含有该回答的记录",
    ),
    "chain_no_answer": (
        "audit log: no record of this answer is in the pack",
        "审计日志：证据包内没有该回答的记录",
    ),
    "head_in": (
        "the head hash that you kept stands in this part of the log",
        "您另行保存的末端哈希位于这段日志之中",
    ),
    "head_out": (
        "the head hash that you kept is not in this part of the log; it may be older or newer",
        "您另行保存的末端哈希不在这段日志之中，可能更早或更晚",
    ),
    "head_none": (
        "truncation: no head hash from elsewhere was given with --head",
        "截断：未用 --head 给出另行保存的末端哈希",
    ),
    "text_ok": (
        "record {seq}: text “{role}” fits its salted digest",
        "第 {seq} 条记录：文本“{role}”与加盐摘要相符",
    ),
    "text_bad": (
        "record {seq}: text “{role}” was changed, or is not the one recorded",
        "第 {seq} 条记录：文本“{role}”被改动，或不是当时记录的文本",
    ),
    "text_gone": ("record {seq}: text “{role}” was erased", "第 {seq} 条记录：文本“{role}”已被擦除"),
    "answer_same": ("answer.json is the answer that the log recorded", "answer.json 即日志所记录的回答"),
    "answer_body": (
        "the record's figures are those of the answer: level, risk, {count} claims with verdicts",
        "记录中的数据与回答一致：风险等级、风险值、{count} 条陈述及结论",
    ),
    "claims": ("{count} claims stand in the answer where they say", "{count} 条陈述均位于回答中所标的位置"),
    "claim_bad": (
        "claim {number} does not stand in the answer where it says",
        "第 {number} 条陈述不在回答中所标的位置",
    ),
    "prompt": ("the prompt has the hash that the answer's record names", "提示词的哈希与回答记录一致"),
    "settings_same": ("settings.json says what the log recorded", "settings.json 与日志记录一致"),
    "decision_same": (
        "the decision shown is the last one that the log recorded",
        "所示决定即日志中最后记录的决定",
    ),
    "decision_none": (
        "decision: none was needed, the answer passed by its risk",
        "决定：无需人工决定，该回答按风险等级直接可用",
    ),
    "decision_fits": (
        "the decision was taken on this answer as it was checked",
        "该决定针对的正是当时核查的这一回答",
    ),
    "decision_unsigned": (
        "decision: {who} did not sign it with a key of their own",
        "决定：{who} 未用本人密钥签名",
    ),
    "decision_no_package": (
        "decision: the signature of {who}: the Python package cryptography is not installed here",
        "决定：{who} 的签名：本机未安装 Python 软件包 cryptography",
    ),
    "decision_signed": (
        "decision: {who} signed it with the key {fingerprint}",
        "决定：{who} 以密钥 {fingerprint} 签名",
    ),
    "decision_forged": ("decision: the signature of {who} is wrong", "决定：{who} 的签名有误"),
    "reviewer_unnamed": (
        "whose key signed the decision: no fingerprint for {who} was given with --reviewer",
        "决定所用密钥的归属：未用 --reviewer 给出 {who} 的密钥指纹",
    ),
    "reviewer_same": (
        "the decision was signed with the key you named with --reviewer",
        "决定由您用 --reviewer 指定的密钥签名",
    ),
    "quote_ok": (
        "claim {number}: the quote stands word for word in {document}, {page}",
        "第 {number} 条陈述：引文与 {document}（{page}）逐字一致",
    ),
    "quote_bad": (
        "claim {number}: the quote does not stand where it says in {document}, {page}",
        "第 {number} 条陈述：引文不在 {document}（{page}）所标的位置",
    ),
    "quote_no_page": (
        "claim {number}: the page of {document} is not in the pack",
        "第 {number} 条陈述：证据包不含 {document} 的相应页面",
    ),
    "documents_listed": (
        "documents.json lists the documents that the answer cites, and no others",
        "documents.json 所列即回答引用的全部文件，无多无少",
    ),
    "document_ok": (
        "{document}: the file {path} has the recorded hash",
        "{document}：文件 {path} 的哈希与记录一致",
    ),
    "document_bad": (
        "{document}: the file {path} is another version, its hash differs",
        "{document}：文件 {path} 是另一版本，哈希不同",
    ),
    "document_unread": ("{document}: the file {path} cannot be read", "{document}：无法读取文件 {path}"),
    "document_absent": (
        "{document}: no file with its hash in the folder",
        "{document}：文件夹中没有哈希相符的文件",
    ),
    "document_none": (
        "{document}: no folder was given with --documents",
        "{document}：未用 --documents 指定文件夹",
    ),
    "model_ok": ("the model file has the recorded hash", "模型文件的哈希与记录一致"),
    "model_bad": ("the model file is another one: its hash differs", "模型文件不同：哈希不一致"),
    "model_unread": ("the model file cannot be read", "无法读取模型文件"),
    "model_none": ("model {name}: no file was given with --model", "模型 {name}：未用 --model 指定文件"),
    "model_server": (
        "model {name}: it ran on a server, and its file could not be hashed",
        "模型 {name}：在服务器上运行，无法计算其文件的哈希值",
    ),
    "index": (
        "index.html holds the recorded answer, claims and quotes, and can neither run nor load anything",
        "index.html 含有所记录的回答、陈述与引文，且不会运行或加载任何内容",
    ),
    "index_bad": ("index.html differs from the data: {what}", "index.html 与数据不符：{what}"),
    "end_ok": (
        "{passed} passed, none failed, {open} not checked",
        "通过 {passed} 项，无失败，未检查 {open} 项",
    ),
    "end_bad": ("{failed} FAILED: do not rely on this pack", "有 {failed} 项失败：请勿采信该证据包"),
}


class Stop(Exception):
    """Nothing further can be checked; the line that says why is printed already."""


class Outcome:
    """Prints and counts the lines."""

    def __init__(self, chinese):
        self.chinese = chinese
        self.counts = {"PASS": 0, "FAIL": 0, "NOT CHECKED": 0}

    def ok(self, code, **params):
        self.line("PASS", code, params)

    def fail(self, code, **params):
        self.line("FAIL", code, params)

    def open(self, code, **params):
        self.line("NOT CHECKED", code, params)

    def stop(self, code, **params):
        self.fail(code, **params)
        raise Stop

    def test(self, holds, code, otherwise=None, **params):
        if holds:
            self.ok(code, **params)
        else:
            self.fail(otherwise or code, **params)

    def line(self, status, code, params):
        self.counts[status] += 1
        print("%-11s  %s" % (status, self.words(code, params)))

    def words(self, code, params):
        return SAYS[code][self.chinese].format(**{key: shown(value) for key, value in params.items()})

    def end(self):
        counts = self.counts
        code = "end_bad" if counts["FAIL"] else "end_ok"
        params = {"passed": counts["PASS"], "failed": counts["FAIL"], "open": counts["NOT CHECKED"]}
        print(self.words(code, params))
        return 1 if counts["FAIL"] else 0


def shown(value):
    """A value for the terminal: names from a pack may not drive it."""
    text = "".join(
        char if unicodedata.category(char)[0] != "C" else "\\u%04x" % ord(char) for char in str(value)
    )
    return text if len(text) <= 200 else text[:199] + "…"


# ---------------------------------------------------------------------------------------------- the zip


def read_bytes(path, outcome):
    try:
        if os.path.getsize(path) > MOST_BYTES:
            outcome.stop("pack_size", limit=MOST_BYTES)
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        outcome.stop("pack_unreadable", why=error.strerror)


def open_zip(data, outcome):
    """The files of the zip by name. Nothing is decompressed: packs are stored as they are."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            check_names(entries, outcome)
            files = {entry.filename: archive.read(entry) for entry in entries}
    # All that zipfile raises on bytes that are no zip or a broken one; each of them is a FAIL and the end.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        outcome.stop("not_zip", why=error)
    except (struct.error, EOFError, IndexError, OverflowError) as error:
        outcome.stop("not_zip", why=type(error).__name__)
    outcome.test(data == stored_zip(files), "zip_form")
    return files


def check_names(entries, outcome):
    if len(entries) > MOST_FILES:
        outcome.stop("too_many", count=len(entries), limit=MOST_FILES)
    seen = set()
    for entry in entries:
        name = entry.filename
        if name in seen:
            outcome.stop("twice", name=name)
        seen.add(name)
        # The name as it stands in the zip: Python itself cuts some off at a zero byte.
        if not NAME.fullmatch(name) or getattr(entry, "orig_filename", name) != name:
            outcome.stop("bad_name", name=getattr(entry, "orig_filename", name))
        plain = entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits
        if not plain or entry.compress_size != entry.file_size or entry.file_size > MOST_BYTES:
            outcome.stop("compressed", name=name)


def stored_zip(files):
    """The one zip that holds these files: sorted, uncompressed, the same time everywhere."""
    body, directory = [], []
    offset = 0
    for name in sorted(files):
        content, raw = files[name], name.encode("ascii")
        facts = struct.pack(
            "<4H3L2H", 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(raw), 0
        )
        local = b"PK\x03\x04" + struct.pack("<H", 20) + facts + raw + content
        central = b"PK\x01\x02" + struct.pack("<2H", 20 | 3 << 8, 20) + facts
        directory.append(central + struct.pack("<3H2L", 0, 0, 0, 0o644 << 16, offset) + raw)
        body.append(local)
        offset += len(local)
    size = sum(map(len, directory))
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, len(files), len(files), size, offset, 0)
    return b"".join(body + directory) + end


# -------------------------------------------------------------------------------------------- signatures


def check_signature(data, path, key, outcome):
    """The detached signature; returns the public key that it names (32 bytes)."""
    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            stored = strict_json(file.read(MOST_SIGNATURE))
        public, signature = bytes.fromhex(stored["public_key"]), bytes.fromhex(stored["signature"])
        named, sha256 = str(stored["fingerprint"]), str(stored["sha256"])
        if stored["format"] != "touchstone-signature-1" or stored["algorithm"] != "Ed25519":
            raise ValueError("unknown format")
        if len(public) != 32 or len(signature) != 64:
            raise ValueError("lengths")
    except FileNotFoundError:
        outcome.stop("sig_missing", name=name)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        outcome.stop("sig_unreadable", name=name, why=error)
    fingerprint = hashlib.sha256(public).hexdigest()
    outcome.test(hashlib.sha256(data).hexdigest() == sha256, "sig_sha")
    outcome.test(fingerprint == named, "sig_fingerprint")
    if Ed25519PublicKey is None:
        outcome.open("sig_no_package")
    else:
        outcome.test(signed(public, data, signature), "sig_valid", fingerprint=fingerprint)
    if key is None:
        outcome.open("key_unnamed")
    else:
        outcome.test(fingerprint == plain_hex(key), "key_same")
    return public


def plain_hex(fingerprint):
    """A fingerprint as people pass it on, without spaces and colons."""
    return re.sub(r"[\s:]", "", fingerprint).lower()


def signed(public, data, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


# ------------------------------------------------------------------------------------------ what is inside


def strict_json(data):
    """JSON without two values of one name, NaN or broken text."""

    def unique(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("one name twice")
        return found

    def constant(name):
        raise ValueError(name)

    return json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_constant=constant)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load(files, name, outcome):
    try:
        return strict_json(files[name])
    except (ValueError, RecursionError) as error:
        outcome.stop("json_bad", name=name, why=error)


def check_manifest(files, outcome):
    missing = [name for name in NEEDED if name not in files]
    if missing:
        outcome.stop("files_missing", names=", ".join(missing))
    manifest = load(files, "manifest.json", outcome)
    try:
        if manifest["format"] != FORMAT:
            outcome.stop("version", found=manifest["format"], known=FORMAT)
        listed = {name: (entry["size"], entry["sha256"]) for name, entry in manifest["files"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        outcome.stop("json_bad", name="manifest.json", why=error)
    found = {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
        if name != "manifest.json"
    }
    differing = sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))
    if differing:
        outcome.stop("manifest_differs", names=", ".join(map(str, differing)))
    outcome.ok("manifest", count=len(found))
    return manifest


# --------------------------------------------------------------------------------------------- the chain


def load_chain(files, outcome):
    try:
        records = [strict_json(line) for line in files["chain.jsonl"].splitlines()]
        for record in records:
            record["open"] = strict_json(record["body"].encode("utf-8"))
            if not isinstance(record["seq"], int) or not isinstance(record["open"], dict):
                raise ValueError("a record without its parts")
            for name in ("at", "kind", "answer_id", "previous", "hash"):
                if not isinstance(record[name], str):
                    raise ValueError("a record without its parts")
        return records
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        outcome.stop("json_bad", name="chain.jsonl", why=error)


def link_hash(record):
    parts = [record[name] for name in ("seq", "at", "kind", "answer_id", "body", "previous")]
    return hashlib.sha256(canonical(parts).encode("utf-8")).hexdigest()


def check_chain(records, public, head, outcome):
    wrong = [record["seq"] for record in records if link_hash(record) != record["hash"]]
    for seq in wrong:
        outcome.fail("chain_record", seq=seq)
    if not wrong:
        outcome.ok("chain_hashes", count=len(records))
    check_links(records, outcome)
    check_record_signatures(records, public, outcome)
    if head is None:
        outcome.open("head_none")
    elif head.strip().lower() in {record["hash"] for record in records}:
        outcome.ok("head_in")
    else:
        outcome.open("head_out")


def check_links(records, outcome):
    first, sound, late = None, True, None
    for before, record in zip([None] + records, records):
        seq = record["seq"]
        if before is None:
            first = seq
            if seq == 1 and record["previous"] != GENESIS:
                outcome.fail("chain_link", seq=seq)
                sound = False
            continue
        if late is None and record["at"] < before["at"]:
            late = record
        if seq <= before["seq"]:
            outcome.fail("chain_order", seq=seq)
            sound = False
        elif seq > before["seq"] + 1:
            if sound and before["seq"] > first:
                outcome.ok("chain_links", first=first, last=before["seq"])
            outcome.open("chain_gap", first=before["seq"], last=seq)
            first = seq
        elif record["previous"] != before["hash"]:
            outcome.fail("chain_link", seq=seq)
            sound = False
    if records and sound:
        outcome.ok("chain_links", first=first, last=records[-1]["seq"])
    if late is not None:
        outcome.open("chain_time", seq=late["seq"], at=late["at"])
    elif records:
        outcome.ok("chain_clock")


def check_record_signatures(records, public, outcome):
    """Each record is signed by the library's key and names the signature of the record before it."""
    unsigned = [record for record in records if not record.get("signature")]
    foreign = [record for record in records if record.get("signature") and record.get("key") != public.hex()]
    own = [record for record in records if record.get("signature") and record.get("key") == public.hex()]
    if unsigned:
        outcome.open("chain_unsigned", count=len(unsigned))
    for fingerprint in sorted(
        {hashlib.sha256(bytes.fromhex(record["key"])).hexdigest() for record in foreign}
    ):
        outcome.open("chain_other_key", fingerprint=fingerprint)
    for before, record in zip(records, records[1:]):
        tie = record["open"].get("previous_signature")
        if tie is None or record["seq"] != before["seq"] + 1:
            continue
        if hashlib.sha256(bytes.fromhex(before.get("signature") or "")).hexdigest() != tie:
            outcome.fail("chain_signature", seq=before["seq"])
    if Ed25519PublicKey is None:
        outcome.open("chain_no_package", count=len(own) + len(foreign))
        return
    wrong = [record["seq"] for record in own + foreign if not record_signed(record)]
    for seq in wrong:
        outcome.fail("chain_signature", seq=seq)
    if own and not wrong:
        outcome.ok("chain_signed", count=len(own))


def record_signed(record):
    message = b"touchstone audit record\0" + record["hash"].encode("ascii")
    return signed(bytes.fromhex(record["key"]), message, bytes.fromhex(record["signature"]))


def check_texts(records, answer_id, outcome):
    """The texts of this answer's records against their salted digests; returns the last one of each role."""
    newest = {}
    for record in (record for record in records if record["answer_id"] == answer_id):
        committed = record["open"].get("texts", {})
        held = {text["role"]: text for text in record.get("texts", [])}
        for role in sorted({*committed, *held}):
            digest, text = committed.get(role), held.get(role, {})
            if text.get("text") is None:
                outcome.open("text_gone", seq=record["seq"], role=role)
                newest[role] = None
                continue
            content = text["text"].encode("utf-8")
            made = hashlib.sha256(bytes.fromhex(text["salt"]) + content).hexdigest()
            outcome.test(
                digest == made == text["digest"], "text_ok", "text_bad", seq=record["seq"], role=role
            )
            newest[role] = text["text"]
    return newest


# -------------------------------------------------------------------------------------------- the answer


def check_answer(files, records, manifest, reviewer, outcome):
    answer_id = manifest.get("answer_id")
    own = [record for record in records if record["answer_id"] == answer_id and record["kind"] == "answer"]
    if len(own) != 1:
        outcome.stop("chain_no_answer")
    outcome.ok("chain_answer")
    texts = check_texts(records, answer_id, outcome)
    raw = files["answer.json"].decode("utf-8", "replace")
    outcome.test(texts.get("content") == raw, "answer_same")
    answer = load(files, "answer.json", outcome)
    claims = answer["check"]["claims"]
    for number, claim in enumerate(claims, 1):
        if answer["text"][claim["start"] : claim["end"]] != claim["text"]:
            outcome.fail("claim_bad", number=number)
    outcome.ok("claims", count=len(claims))
    outcome.test(body_fits(own[0]["open"], answer), "answer_body", count=len(claims))
    check_prompt(files, texts, answer, outcome)
    check_settings(files, own[0]["open"], outcome)
    check_decision(files, texts, answer, reviewer, outcome)
    return answer


def body_fits(body, answer):
    """Whether the record says openly what the answer says: figures, positions, verdicts."""
    check = answer["check"]
    figures = {name: check[name] for name in ("level", "risk", "coverage")}
    claims = [
        [claim["start"], claim["end"], claim["verdict"], claim["risk"], len(claim["evidence"])]
        for claim in check["claims"]
    ]
    recorded = [
        [claim["start"], claim["end"], claim["verdict"], claim["risk"], len(claim["evidence"])]
        for claim in body["claims"]
    ]
    return all(body[name] == value for name, value in figures.items()) and claims == recorded


def check_prompt(files, texts, answer, outcome):
    """What the model read; a text from elsewhere has no prompt."""
    named = answer["generation"].get("prompt_sha256")
    if named is None:
        return
    prompt = files.get("prompt.txt", b"")
    same = texts.get("prompt") == prompt.decode("utf-8", "replace")
    outcome.test(same and hashlib.sha256(prompt).hexdigest() == named, "prompt")


def check_settings(files, body, outcome):
    """Settings, policy and versions as people read them, against the record."""
    if "settings.json" in files:
        recorded = {name: body.get(name, {}) for name in ("context", "generation")}
        outcome.test(load(files, "settings.json", outcome) == recorded, "settings_same")


def check_decision(files, texts, answer, reviewer, outcome):
    if "decision.json" not in files and "decision" not in texts:
        outcome.test(answer["decision"] == "usable", "decision_none")
        return
    raw = files.get("decision.json", b"").decode("utf-8", "replace")
    outcome.test(texts.get("decision") == raw, "decision_same")
    fields = load(files, "decision.json", outcome)
    content = hashlib.sha256(canonical({**answer, **UNDECIDED}).encode("utf-8")).hexdigest()
    fits = fields.get("content") == content and fields.get("answer") == answer["id"]
    outcome.test(fits, "decision_fits")
    signature = fields.pop("signature", None)
    if signature is None:
        outcome.open("decision_unsigned", who=fields["who"])
        return
    public = bytes.fromhex(signature["key"])
    fingerprint = hashlib.sha256(public).hexdigest()
    message = b"touchstone decision\0" + canonical(fields).encode("utf-8")
    if Ed25519PublicKey is None:
        outcome.open("decision_no_package", who=fields["who"])
    else:
        valid = signed(public, message, bytes.fromhex(signature["value"]))
        outcome.test(valid, "decision_signed", "decision_forged", who=fields["who"], fingerprint=fingerprint)
    if reviewer is None:
        outcome.open("reviewer_unnamed", who=fields["who"])
    else:
        outcome.test(fingerprint == plain_hex(reviewer), "reviewer_same")


def check_quotes(files, documents, answer, outcome):
    pages = {}
    places = [quote["place"] for claim in answer["check"]["claims"] for quote in claim["evidence"]]
    cited = sorted({place["document_sha256"] for place in places if place is not None})
    outcome.test(
        cited == sorted(document["sha256"] for document in documents["documents"]), "documents_listed"
    )
    for document in documents["documents"]:
        for page in document["pages"]:
            key = (document["sha256"], page["number"], page["section"], page["sheet"])
            pages.setdefault(key, []).append(files.get(page["file"], b"").decode("utf-8"))
    for number, claim in enumerate(numbered(answer), 1):
        for quote in claim["evidence"]:
            place = quote["place"]
            if place is None:
                continue
            key = (place["document_sha256"], place["page"], place["section"], place["sheet"])
            facts = {
                "number": number,
                "document": base_name(place["document"]),
                "page": page_name(place, outcome.chinese),
            }
            if key not in pages:
                outcome.open("quote_no_page", **facts)
                continue
            start, end, text = quote["start"], quote["end"], quote["text"]
            stands = any(page[start:end] == text and start < end for page in pages[key])
            outcome.test(stands, "quote_ok", "quote_bad", **facts)


def base_name(path):
    return str(path).replace("\\", "/").rsplit("/", 1)[-1]


def page_name(place, chinese):
    parts = [place[name] for name in ("sheet", "section", "cells") if place[name] is not None]
    if place["page"] is not None:
        parts.insert(0, ("第 %s 页" if chinese else "p. %s") % place["page"])
    return " · ".join(map(str, parts)) or ("正文" if chinese else "its text")


def numbered(answer):
    """The claims that pages number from 1: all but greetings, refusals and the like."""
    return [claim for claim in answer["check"]["claims"] if claim["verdict"] != "no_claim"]


# --------------------------------------------------------------------------------------- files from outside


def check_documents(documents, folder, outcome):
    listed = documents["documents"]
    if folder is None:
        for document in listed:
            outcome.open("document_none", document=base_name(document["path"]))
        return
    wanted_sizes = {document["size"] for document in listed}
    wanted_names = {base_name(document["path"]) for document in listed}
    hashes, names = {}, {}
    for root, _, found in os.walk(folder):
        for name in sorted(found):
            path = os.path.join(root, name)
            if os.path.isfile(path) and (name in wanted_names or os.path.getsize(path) in wanted_sizes):
                hashes.setdefault(file_hash(path), path)
                names.setdefault(name, path)
    for document in listed:
        name = base_name(document["path"])
        if document["sha256"] in hashes:
            outcome.ok("document_ok", document=name, path=hashes[document["sha256"]])
        elif name in names:
            unread = names[name] == hashes.get(None)
            outcome.fail("document_unread" if unread else "document_bad", document=name, path=names[name])
        else:
            outcome.open("document_absent", document=name)


def file_hash(path):
    """The SHA-256 of a file; None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(2**20), b""):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def check_model(answer, path, outcome):
    if answer["model"] is None:
        return
    if not answer["model"]["sha256"]:
        outcome.open("model_server", name=answer["model"]["name"])
    elif path is None:
        outcome.open("model_none", name=answer["model"]["name"])
    else:
        found = file_hash(path)
        outcome.test(found == answer["model"]["sha256"], "model_ok", "model_bad" if found else "model_unread")


# ---------------------------------------------------------------------------------------------- index.html


TAG = re.compile(r"""</?([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>""")
ATTRIBUTE = re.compile(r""" ([a-z-]+)="([^"]*)\"""")
TAGS = set(
    "html head meta title style body h1 h2 p div span sup strong blockquote pre ol li table tr td br".split()
)
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "title", "data-of"}
DOCTYPE = "<!doctype html>"


def inert(page):
    """Whether the page is made of nothing but the tags that packs have, none of which runs or loads anything.

    Read strictly, so that no browser can understand the page otherwise than this program: no comment, no
    ``<`` outside a tag, each attribute in quotes.
    """
    if not page.startswith(DOCTYPE):
        return False
    rest = page[len(DOCTYPE) :]
    for tag in TAG.finditer(rest):
        attributes = dict(ATTRIBUTE.findall(tag[2]))
        if tag[1] not in TAGS or not attributes.keys() <= ATTRIBUTES:
            return False
        if attributes.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
            return False
    styles = "".join(re.findall(r"<style>(.*?)</style>", rest, re.DOTALL)).lower()
    return "<" not in TAG.sub("", rest) and not re.search(r"url|image|src|@import|\\", styles)


class Marked(HTMLParser):
    """The texts of the elements that carry ``data-of``."""

    VOID = {"meta", "br"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.open = {}, []

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag not in self.VOID:
            self.open.append(named.get("data-of"))
            if named.get("data-of"):
                self.texts.setdefault(named["data-of"], [])

    def handle_endtag(self, tag):
        if tag not in self.VOID and self.open:
            self.open.pop()

    def handle_data(self, data):
        for name in filter(None, self.open):
            self.texts[name].append(data)


def check_index(files, answer, outcome):
    text = files["index.html"].decode("utf-8", "replace")
    if not inert(text):
        outcome.fail("index_bad", what="it could run or load something")
        return
    page = Marked()
    page.feed(text)
    page.close()
    expected = {}
    for number, claim in enumerate(numbered(answer), 1):
        expected["claim-%d" % number] = claim["text"]
        for at, quote in enumerate(claim["evidence"], 1):
            expected["quote-%d-%d" % (number, at)] = quote["text"]
    released = final_text(files)
    if released is not None and released != answer["text"]:
        expected["final"] = released
    pieces = [text for name, parts in page.texts.items() if name.startswith("piece-") for text in parts]
    found = {name: "".join(parts) for name, parts in page.texts.items() if not name.startswith("piece-")}
    if squeezed("".join(pieces)) != squeezed(answer["text"]):
        outcome.fail("index_bad", what="the answer")
    elif {name: squeezed(text) for name, text in found.items()} != {
        name: squeezed(text) for name, text in expected.items()
    }:
        outcome.fail("index_bad", what="claims or quotes")
    else:
        outcome.ok("index")


def final_text(files):
    """The text that a reviewer released, as the decision says it."""
    return strict_json(files["decision.json"])["final_text"] if "decision.json" in files else None


def squeezed(text):
    """Text up to white space, marks that reorder or hide text spelled out or dropped as the pages do it."""
    return " ".join("".join(visible(char) for char in text).split())


def visible(char):
    if char in UNSEEN:
        return ""
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace()
    return "[U+%04X]" % ord(char) if hidden else char


# ------------------------------------------------------------------------------------------------- the whole


def check_pack(arguments, outcome):
    data = read_bytes(arguments.pack, outcome)
    signature = arguments.signature or arguments.pack + ".sig"
    public = check_signature(data, signature, arguments.key, outcome)
    files = open_zip(data, outcome)
    manifest = check_manifest(files, outcome)
    records = load_chain(files, outcome)
    documents = load(files, "documents.json", outcome)
    try:
        check_chain(records, public, arguments.head, outcome)
        answer = check_answer(files, records, manifest, arguments.reviewer, outcome)
        check_quotes(files, documents, answer, outcome)
        check_index(files, answer, outcome)
        check_documents(documents, arguments.documents, outcome)
        check_model(answer, arguments.model, outcome)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        outcome.stop("json_bad", name="answer.json", why="%s %s" % (type(error).__name__, error))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pack", help="the zip; its signature file lies beside it (PACK.sig)")
    parser.add_argument("--key", metavar="FINGERPRINT", help="the library key's fingerprint, from elsewhere")
    parser.add_argument("--documents", metavar="DIR", help="folder with the company's files")
    parser.add_argument("--model", metavar="FILE", help="the model's GGUF file")
    parser.add_argument("--head", metavar="HASH", help="a head hash of the audit log that was kept elsewhere")
    parser.add_argument("--reviewer", metavar="FINGERPRINT", help="the deciding person's key, from elsewhere")
    parser.add_argument("--signature", metavar="FILE", help="the signature file, where it lies elsewhere")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the lines")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    outcome = Outcome(given.lang == "zh")
    try:
        check_pack(given, outcome)
    except Stop:
        pass
    return outcome.end()


if __name__ == "__main__":
    sys.exit(main())

"""The mark that a text was generated: for readers, and for programs in a file's metadata.

GB 45438-2025 (in force since 1 September 2025) wants both: a visible notice, and in the metadata a field
``AIGC`` with the members below. Article 50(2) of the EU AI Act wants the output marked in a machine-readable
way: the IPTC's digital source type says it in one address that programs know.
"""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from core.types import Answer

PRODUCT = "Touchstone"
GENERATED = "1"  # Label: 1 generated, 2 possibly, 3 suspected
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"


def is_generated(answer: Answer) -> bool:
    """Whether a model here wrote the text. Where a supplied text comes from is not known, nor claimed."""
    return answer.model is not None


def aigc_fields(answer: Answer, producer: str) -> dict[str, str]:
    """The members of the field ``AIGC``. ``producer`` is the company's name or code, the product's where
    it is empty. The tool is offline: whoever passes the file on fills in the propagator.
    """
    return {
        "Label": GENERATED,
        "ContentProducer": producer or PRODUCT,
        "ProduceID": answer.id,
        "ReservedCode1": answer.model.sha256 if answer.model else "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }


def aigc_json(answer: Answer, producer: str) -> str:
    """The whole field as it stands in metadata: ``{"AIGC": {…}}``; empty for a supplied text."""
    if not is_generated(answer):
        return ""
    return json.dumps({"AIGC": aigc_fields(answer, producer)}, ensure_ascii=False, separators=(",", ":"))


def xmp_packet(answer: Answer, producer: str, title: str, language: str) -> str:
    """XMP metadata for a PDF: title, language, and the marks where the text is generated."""
    marks = ""
    if is_generated(answer):
        fields = json.dumps(aigc_fields(answer, producer), ensure_ascii=False, separators=(",", ":"))
        marks = (
            f"<TC260:AIGC>{escape(fields)}</TC260:AIGC>"
            f"<Iptc4xmpExt:DigitalSourceType>{DIGITAL_SOURCE}</Iptc4xmpExt:DigitalSourceType>"
        )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:TC260="{_TC260}" xmlns:Iptc4xmpExt="{_IPTC}">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{marks}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )

"""The pictures of a review, here and on another computer."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

from tools.staging_asking import AskingScenes

# What another tool might have said to sample questions, given by their place in the list.
REPLIES = {
    "en": (
        (0, "An expense claim must be submitted within 60 days of the return from the trip."),
        (6, "Kestrelmont grants 14 weeks of parental leave."),
        (4, "The KT-110-F temperature probe costs £58 in the price list 2025."),
    ),
    "zh": (
        (1, "普通员工到上海出差，住宿费标准是每晚600元。"),
        (8, "科思蒙公司的年终奖发两个月工资。"),
        (2, "临澜市水务有限公司的年度服务费为268,000元。"),
    ),
}


class ReviewScenes(AskingScenes):
    """Answers that wait, and files that travel."""

    def review(self) -> None:
        """The queue, and an answer of it."""
        self.once(self.checked)
        backend, review = self.window.backend, self.window.review
        for place, reply in REPLIES[self.language]:
            for _ in backend.check_text(reply, self.questions()[place]):
                pass
        self.window.open_screen(review)
        self.until(lambda: len(review.queue.rows) > 1)
        backend.assign(review.queue.rows[1].answer_id, backend.settings.reviewer)
        review.queue.table.selectRow(0)
        self.both("review", review)
        letter = next(row for row in review.queue.rows if row.question is None)
        review.open(letter)
        self.until(lambda: review.page.answer is not None)
        self.drawn(review.page.evidence.cards)
        self.both("review-answer", review)
        review.back()
        self.review_files()

    def review_files(self) -> None:
        """The same answers on another computer: what goes along, a decision there, and what comes back."""
        from core import identity
        from core.identity import Role
        from core.store.database import Library
        from desktop.review_backend import Said

        review, secret = self.window.review, "correct horse battery"
        with Library.open(self.library) as library:
            identity.add_user(library, "Ada Marsh", Role.ADMINISTRATOR, secret)
        review.files.choose_answers()
        self.until(lambda: review.files.dialog is not None)
        self.grab("review-take", "light", review.files.dialog)
        review.files.dialog.reject()
        path = self.home / "Documents" / f"review-{self.language}.json"
        ids = [row.answer_id for row in review.queue.rows]
        review.backend.take_along(path, ids, ())
        file = review.backend.open_carried(path)
        file.unlock("Ada Marsh", secret)
        review.show_carried(file)
        self.until(lambda: bool(review.carried.queue.rows))
        self.both("review-file", review)
        review.carried.open(review.carried.queue.rows[0])
        self.until(lambda: review.carried.page.answer is not None)
        self.both("review-file-answer", review)
        for answer_id in ids[:2]:
            file.decide(answer_id, Said(True, "Ada Marsh", "compared with the policy"))
        with file.out.open("a", encoding="utf-8") as out:
            out.write(file.out.read_text(encoding="utf-8").splitlines()[0] + "\n")
        review.close_carried()
        review.files.bring_back(str(file.out))
        self.until(lambda: bool(review.brought.rows) and not review.brought.running)
        self.both("review-brought", review)
        review.brought.leave()

"""What a user can act on, as one tree; anything else is a bug and reaches the crash report.

    CoreError
    ├── SettingsError        a settings file or value that cannot be used
    ├── DocumentError        a file that cannot be read
    ├── LibraryError         a library that cannot be opened, written, backed up or restored
    ├── ModelError           a model file that cannot be used
    │   └── EngineError      llama.cpp failed or its process died while working
    ├── VerifierError        the checker's files are missing or damaged
    ├── AuditError           the audit chain does not hold
    ├── IdentityError        a user, a role, a passphrase or a key that does not fit
    ├── PilotError           a question set or a run that cannot be used
    ├── CalibrationError     claims that cannot be drawn, labels that do not suffice, an unknown policy
    └── DecisionError        a release or rejection that the policy does not allow

Every error carries a code and parameters; ``core.words`` says it in English or Chinese, as two
sentences: what happened, and what to do.
"""

from __future__ import annotations


class CoreError(Exception):
    """Something a user can act on.

    ``code`` names an entry ``error.<code>`` of ``resources/i18n/words/*.toml``; ``params`` fill its
    placeholders. ``str(error)`` is a plain English fallback for logs.
    """

    def __init__(self, code: str, **params: str | int | float) -> None:
        self.code = code
        self.params = params
        detail = ", ".join(f"{name}={value}" for name, value in params.items())
        super().__init__(f"{code} ({detail})" if detail else code)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code and parameters, so that an error crosses a process border whole."""
        return (_rebuild, (type(self), self.code, self.params))


def _rebuild(kind: type[CoreError], code: str, params: dict[str, str | int | float]) -> CoreError:
    return kind(code, **params)


class SettingsError(CoreError):
    """A settings file or value that cannot be used."""


class DocumentError(CoreError):
    """A file that cannot be read."""


class LibraryError(CoreError):
    """A library that cannot be opened, written, backed up or restored."""


class ModelError(CoreError):
    """A model file that cannot be used."""


class EngineError(ModelError):
    """llama.cpp failed, or its process died while working."""


class VerifierError(CoreError):
    """The checker's files are missing or damaged."""


class AuditError(CoreError):
    """The audit chain does not hold."""


class IdentityError(CoreError):
    """A user, a role, a passphrase or a key that does not fit."""


class PilotError(CoreError):
    """A question set that cannot be read, or a run that cannot be begun, resumed or shown."""


class CalibrationError(CoreError):
    """Claims that cannot be drawn or labelled, or a policy that cannot be made, found or used."""


class DecisionError(CoreError):
    """A release or rejection that the policy does not allow."""

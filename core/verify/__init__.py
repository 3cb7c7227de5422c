"""An answer against its evidence: claims, verdicts, reasons, and a calibrated risk."""

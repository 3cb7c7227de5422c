"""Calibration on the customer's own documents: draw claims, label them, fit, and adopt as a policy."""

//! gb-redact

//! gb-intake

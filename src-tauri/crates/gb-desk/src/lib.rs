//! gb-desk

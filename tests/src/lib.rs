//! Nothing: the tests are in `suite`, over public APIs only. Cargo wants a library or a program beside them.

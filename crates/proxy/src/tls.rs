//! TLS of the public listener, by certificate files. HTTP/1.1 only: that is what is bounded in `accept`.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Reads a chain and its key.
///
/// # Errors
/// What was expected, and whether it is about the key's file.
pub(crate) fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, (bool, String)> {
    let chain = chain(certificate).map_err(|message| (false, message))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| {
        let message = format!("expected a private key in PEM in the file {}: {error}", key.display());
        (true, message)
    })?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| (false, format!("expected TLS to start: {error}")))?;
    let config = builder.with_no_client_auth().with_single_cert(chain, private);
    let mut config = config.map_err(|error| (true, format!("expected the key of the certificate: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let shown = file.display();
    let odd = |error| format!("expected certificates in PEM in the file {shown}: {error}");
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).map_err(odd)?.collect();
    let found = found.map_err(odd)?;
    if found.is_empty() {
        return Err(format!("expected certificates in PEM in the file {shown}, found none"));
    }
    Ok(found)
}

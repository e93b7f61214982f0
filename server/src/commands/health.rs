//! `mercer health`: asks a running process whether it lives, for an image that holds nothing else to ask with.

use crate::config::Config;
use anyhow::{Context, ensure};
use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) fn health(config: &Config) -> anyhow::Result<ExitCode> {
    let address = reached_by(config.internal);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)
        .with_context(|| format!("nothing listens on {address}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: mercer\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream
        .take(4096)
        .read_to_string(&mut answer)
        .with_context(|| format!("{address} did not answer"))?;
    let first = answer.lines().next().unwrap_or_default();
    ensure!(first.contains(" 200 "), "{address} answered {first:?}");
    println!("alive");
    Ok(ExitCode::SUCCESS)
}

/// What listens on every address of the machine is reached by the one that never leaves it.
fn reached_by(listens: SocketAddr) -> SocketAddr {
    let ip = match listens.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listens.port())
}

//! A way to Postgres that a test can close.

use std::net::SocketAddr;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Passes everything on while it is open. Closed, it cuts what came through, and everybody who comes.
pub(crate) struct Gate {
    pub(crate) address: SocketAddr,
    open: watch::Sender<bool>,
}

impl Gate {
    pub(crate) async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, is_open) = watch::channel(true);
        tokio::spawn(async move {
            loop {
                let (inside, _) = listener.accept().await.unwrap();
                tokio::spawn(pass_on(inside, server.clone(), is_open.clone()));
            }
        });
        Self { address, open }
    }

    pub(crate) fn set_open(&self, open: bool) {
        self.open.send_replace(open);
    }
}

async fn pass_on(mut inside: TcpStream, server: String, mut is_open: watch::Receiver<bool>) {
    if !*is_open.borrow() {
        return;
    }
    let mut outside = TcpStream::connect(server).await.unwrap();
    // However it ends, both sides are dropped.
    tokio::select! {
        _ = copy_bidirectional(&mut inside, &mut outside) => {}
        _ = is_open.wait_for(|open| !open) => {}
    }
}

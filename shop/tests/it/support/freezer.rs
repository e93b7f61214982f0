//! A way to a server that can be frozen: what is said is heard, and nothing comes back until it thaws.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::{mpsc, watch},
};

/// Stands before a server.
pub(crate) struct Freezer {
    /// Where it is reached.
    pub(crate) address: SocketAddr,
    frozen: watch::Sender<bool>,
    heard: Arc<Mutex<String>>,
}

impl Freezer {
    /// Stands before the server at this address.
    pub(crate) async fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (frozen, state) = watch::channel(false);
        let heard = Arc::new(Mutex::new(String::new()));
        let (server, ear) = (server.to_owned(), Arc::clone(&heard));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (from_client, mut to_client) = client.into_split();
                let server = TcpStream::connect(&server).await.unwrap();
                let (mut from_server, to_server) = server.into_split();
                let (say, said) = mpsc::unbounded_channel();
                tokio::spawn(listen(from_client, Arc::clone(&ear), say));
                tokio::spawn(pass_on(said, state.clone(), to_server));
                tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
            }
        });
        Self {
            address,
            frozen,
            heard,
        }
    }

    /// Nothing comes back from now on, or everything does.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.frozen.send_replace(frozen);
    }

    /// How often this word was said.
    pub(crate) fn heard(&self, word: &str) -> usize {
        self.heard.lock().unwrap().matches(word).count()
    }
}

async fn listen(
    mut client: OwnedReadHalf,
    ear: Arc<Mutex<String>>,
    say: mpsc::UnboundedSender<Vec<u8>>,
) {
    let mut words = vec![0; 65_536];
    while let Ok(length @ 1..) = client.read(&mut words).await {
        ear.lock()
            .unwrap()
            .push_str(&String::from_utf8_lossy(&words[..length]));
        if say.send(words[..length].to_vec()).is_err() {
            return;
        }
    }
}

async fn pass_on(
    mut said: mpsc::UnboundedReceiver<Vec<u8>>,
    mut frozen: watch::Receiver<bool>,
    mut server: OwnedWriteHalf,
) {
    while let Some(words) = said.recv().await {
        if frozen.wait_for(|frozen| !frozen).await.is_err()
            || server.write_all(&words).await.is_err()
        {
            return;
        }
    }
}

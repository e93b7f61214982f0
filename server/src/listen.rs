//! The door: takes connections in, answers what comes through them, and closes without cutting anybody off.

use anyhow::Context as _;
use axum::{Router, body::Bytes, extract::ConnectInfo, response::Response, serve::Listener};
use http::{HeaderValue, Request, header::CONNECTION};
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    future::{pending, poll_fn},
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};
use tower::ServiceExt;

/// Opens the door at `address`. A connection on which no whole head of a request arrives for as long as `patience` is
/// closed. The task ends when `stopping` says so and everything that was begun is answered.
pub(crate) async fn listen(
    address: SocketAddr,
    router: Router,
    patience: Duration,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    Ok(tokio::spawn(take_in(listener, router, http, stopping)))
}

async fn take_in(
    mut listener: TcpListener,
    router: Router,
    http: http1::Builder,
    stopping: watch::Receiver<bool>,
) {
    let mut told = pin!(told_to_stop(stopping.clone()));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (stream, address) = Listener::accept(&mut listener) => {
                let connection = Connection { stream, address, stopping: stopping.clone() };
                connections.spawn(connection.answer(router.clone(), http.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = told.as_mut() => break,
        }
    }
    for (stream, address) in waiting(listener) {
        let stopping = stopping.clone();
        let connection = Connection {
            stream,
            address,
            stopping,
        };
        connections.spawn(connection.answer(router.clone(), http.clone()));
    }
    while connections.join_next().await.is_some() {}
}

/// Closes the door behind those whom the system has taken in already: they believe that they are inside.
fn waiting(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let mut found = Vec::new();
    // It does not block; it fails once nobody waits.
    if let Ok(listener) = listener.into_std() {
        while let Ok((stream, address)) = listener.accept() {
            if stream.set_nonblocking(true).is_ok()
                && let Ok(stream) = TcpStream::from_std(stream)
            {
                found.push((stream, address));
            }
        }
    }
    found
}

async fn told_to_stop(mut stopping: watch::Receiver<bool>) {
    // Fails only where the sender is gone: then the process ends anyhow.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Somebody who came in.
struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    stopping: watch::Receiver<bool>,
}

impl Connection {
    /// Answers one request after the other. Told to stop, it finishes the one that was begun.
    async fn answer(self, router: Router, http: http1::Builder) {
        let Self {
            stream,
            address,
            stopping,
        } = self;
        // Refused for a connection that is gone already.
        let _ = stream.set_nodelay(true);
        let unread = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(AtomicBool::new(false));
        let (left, has_asked) = (unread.clone(), asked.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            has_asked.store(true, Ordering::Relaxed);
            let mut request = request.map(|body| Upload::new(body, &left));
            request.extensions_mut().insert(ConnectInfo(address));
            let (answer, left) = (router.clone().oneshot(request), left.clone());
            Box::pin(async move {
                let mut answer = answer.await?;
                // Said, lest the next request is sent after what nobody reads.
                if left.load(Ordering::Relaxed) {
                    let close = HeaderValue::from_static("close");
                    answer.headers_mut().insert(CONNECTION, close);
                }
                Ok::<Response, Infallible>(answer)
            })
        });
        let mut connection = http.serve_connection(TokioIo::new(stream), service);
        let mut told = pin!(told_to_stop(stopping.clone()));
        let mut is_told = false;
        let ended = poll_fn(|context| {
            if !is_told && told.as_mut().poll(context).is_ready() {
                is_told = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            connection.poll_without_shutdown(context)
        });
        // A browser may open a connection for what it might want later: nobody waits for that.
        let silent = async {
            told_to_stop(stopping.clone()).await;
            sleep(LAST_WORD).await;
            if asked.load(Ordering::Relaxed) {
                pending::<()>().await;
            }
        };
        let ended = tokio::select! {
            ended = ended => ended,
            () = silent => return,
        };
        match ended {
            Ok(()) if unread.load(Ordering::Relaxed) => {
                let stream = connection.into_parts().io.into_inner();
                tokio::select! {
                    () = hear_out(stream) => {}
                    () = told_to_stop(stopping) => {}
                }
            }
            // Closed as it is dropped.
            Ok(()) => {}
            Err(error) => tracing::debug!(%error, "a connection ended badly"),
        }
    }
}

/// How long somebody who has just come in may take to ask for something, once the door is closed.
const LAST_WORD: Duration = Duration::from_secs(1);

/// How long somebody may go on sending what nobody reads, and how long they may pause.
const HEARD_OUT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_secs(5);

/// Closes once the other side has. An answer that is given before a whole upload was read is thrown away by the system of
/// whoever still sends, unless somebody takes the rest in.
async fn hear_out(mut stream: TcpStream) {
    let all = async {
        stream.shutdown().await?;
        let mut buffer = vec![0; 64 * 1024];
        while timeout(PAUSE, stream.read(&mut buffer)).await?? > 0 {}
        io::Result::Ok(())
    };
    // Gone, or too slow: it has had its time.
    let _ = timeout(HEARD_OUT, all).await;
}

/// What comes with a request. It tells the connection where not all of it was read.
struct Upload {
    body: Incoming,
    unread: Option<Arc<AtomicBool>>,
}

impl Upload {
    fn new(body: Incoming, unread: &Arc<AtomicBool>) -> Self {
        let unread = (!body.is_end_stream()).then(|| unread.clone());
        Self { body, unread }
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) {
            self.unread = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(unread) = &self.unread
            && !self.body.is_end_stream()
        {
            unread.store(true, Ordering::Relaxed);
        }
    }
}

package io.github.matrixsync.examples.adapters.jetty;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP edge as an asynchronous servlet of Servlet 6, on Jetty 12. A parked poll is an {@link AsyncContext}, which
 * holds no thread.
 *
 * <p>A servlet is not told over HTTP/1.1 that its client has gone. The poll of such a client ends when its wait is
 * over, which is therefore at most {@link #LONGEST_WAIT}. The container's own timeout is off: if two threads complete
 * one request, its connection hangs.
 *
 * <p>A request gets a thread when its body has come, which is limited by Jetty's own answer 413. Thread-safe.
 */
public final class JettyAdapter implements Adapter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** What each part of a body counts beside its bytes, because it holds a buffer until the body is whole. */
  private static final int BYTES_PER_PART = 1 << 10;

  private final Server server;

  private JettyAdapter(Server server) {
    this.server = server;
  }

  /** Starts the server on {@code threads}, which it starts and stops. */
  public static JettyAdapter start(SyncApi engine, AccessTokens tokens, QueuedThreadPool threads) {
    RestSettings settings = RestSettings.DEFAULT.withTimeouts(LONGEST_WAIT, LONGEST_WAIT);
    HttpConfiguration http = new HttpConfiguration();
    // An id of an event may have a slash, which is %2F in a path.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with("ids", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1_000);
    connector.setIdleTimeout(LONGEST_WAIT.multipliedBy(2).toMillis());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new SyncServlet(new ClientApi(engine, tokens, settings)), "/*");
    server.setHandler(new EagerContentHandler(
        context,
        new RetainedContentLoaderFactory(2L * ClientApi.MOST_BYTES, BYTES_PER_PART, true)));
    server.setStopTimeout(GRACE.toMillis());
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not start", e);
    }
    return new JettyAdapter(server);
  }

  /** The servlet, which other containers run too. */
  private static final class SyncServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient ClientApi api;

    SyncServlet(ClientApi api) {
      this.api = api;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = request.getInputStream().readNBytes(ClientApi.MOST_BYTES + 1);
      AsyncContext parked = request.startAsync();
      parked.setTimeout(0);
      ClientRequest asked = ClientRequest.of(
          request.getMethod(),
          request.getRequestURI(),
          request.getQueryString(),
          request.getHeader("Authorization"));
      CompletableFuture<Void> unused = api.answer(asked, body)
          .thenAccept(answer -> parked.start(() -> send(parked, response, answer)));
    }

    /** Sends an answer on a thread of the container: writing blocks while the client does not read. */
    private static void send(
        AsyncContext parked, HttpServletResponse response, RestResponse answer) {
      try {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLengthLong(answer.length());
        answer.writeTo(response.getOutputStream());
      } catch (IOException e) {
        // The client has gone.
      } finally {
        parked.complete();
      }
    }
  }

  @Override
  public int port() {
    return server.getURI().getPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // It has stopped, and closed the connections that were still open.
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}

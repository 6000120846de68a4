package io.github.matrixsync.benchmarks.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Connections that poll without end, each time from where the last response ended. Confined to the loop's thread, but
 * for {@link #start} and {@link #stop}.
 */
public final class Pollers {
  /** Receives responses. Called on the loop's thread. */
  public interface Listener {
    /** Handles the response to a poll on connection number {@code poller}. */
    void answered(int poller, Reply reply);
  }

  private final Api api;
  private final People people;
  private final List<Connection> connections;
  private final Listener listener;
  private volatile boolean stopped;

  private Pollers(Api api, People people, List<Connection> connections, Listener listener) {
    this.api = api;
    this.people = people;
    this.connections = connections;
    this.listener = listener;
  }

  /** Opens {@code count} connections that poll. If there are more than users, users have several. */
  public static Pollers start(Api api, People people, int count, Listener listener) {
    Client client = people.client();
    Loop loop = client.loop();
    Pollers pollers = new Pollers(api, people, loop.connect(count), listener);
    String head = api.end(client.ask(api.first(client, people.tokens().get(0), 1)));
    loop.call(() -> {
      for (int i = 0; i < count; i++) {
        pollers.poll(i, head);
      }
    });
    return pollers;
  }

  /** Ignores responses from now on and sends no further polls. Those that are waiting are not cancelled. */
  public void stop() {
    stopped = true;
  }

  private void poll(int poller, String from) {
    String token = people.tokens().get(poller % people.tokens().size());
    byte[] request = api.poll(people.client(), token, from);
    try {
      connections.get(poller).send(request, (free, reply) -> {
        String end = api.end(reply);
        if (!stopped) {
          listener.answered(poller, reply);
          poll(poller, end);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

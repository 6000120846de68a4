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

  private final People people;
  private final List<Connection> connections;
  private final Listener listener;
  private volatile boolean stopped;

  private Pollers(People people, List<Connection> connections, Listener listener) {
    this.people = people;
    this.connections = connections;
    this.listener = listener;
  }

  /** Opens {@code count} connections that poll. If there are more than users, users have several. */
  public static Pollers start(People people, int count, Listener listener) {
    Loop loop = people.client().loop();
    Pollers pollers = new Pollers(people, loop.connect(count), listener);
    String head = people.head();
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
    int user = poller % people.tokens().size();
    try {
      connections.get(poller).send(people.poll(user, from), (free, reply) -> {
        String end = reply.string("end");
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

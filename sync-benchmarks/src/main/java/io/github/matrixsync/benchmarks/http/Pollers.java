package io.github.matrixsync.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Users who poll without end, each on a connection of their own, each time from where the last answer ended. Confined
 * to the loop's thread, but for {@link #start} and {@link #stop}.
 */
final class Pollers {
  /** Takes what came. Called on the loop's thread. */
  interface Listener {
    /** Takes the answer to one of a user's polls. */
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

  /** Has so many connections poll; if there are more than users, users have several. */
  static Pollers start(People people, int count, Listener listener) {
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

  /** Has everybody poll no more; whoever waits goes on waiting. */
  void stop() {
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

package io.github.matrixsync.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures by kind, which is the class of the exception: the first with its stack trace, and the end once a
 * request succeeds and none has failed so for a while. What fails in between is counted. So an outage of a store is two
 * entries, however many requests it fails. Thread-safe.
 */
final class FailureLog {
  /** How long none of a kind must have failed. If it were shorter, requests that fail now and then would be outages. */
  static final Duration QUIET = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RestEdge.class);

  private record Kind(long since, long last, long count) {}

  private record Over(String kind, long count, Duration length) {}

  private final LongSupplier nanoTime;
  private final Map<Class<?>, Kind> kinds = new HashMap<>(); // guarded by this
  private volatile boolean isOn; // whether there are any; written under this

  FailureLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Records a request that failed; {@code request} names its kind, and has nothing that a client sent. */
  void failed(String request, Throwable cause) {
    if (isFirst(cause.getClass())) {
      LOG.error(
          "{} failed; more failures of this kind are counted until it is over", request, cause);
    }
  }

  private synchronized boolean isFirst(Class<?> kind) {
    long now = nanoTime.getAsLong();
    Kind known = kinds.get(kind);
    kinds.put(
        kind,
        known == null ? new Kind(now, now, 1) : new Kind(known.since(), now, known.count() + 1));
    isOn = true;
    return known == null;
  }

  /** Records a request that succeeded. */
  void succeeded() {
    if (isOn) {
      for (Over over : over()) {
        LOG.warn(
            "requests succeed again; failures by {}: {} within {} s",
            over.kind(),
            over.count(),
            over.length().toMillis() / 1e3);
      }
    }
  }

  private synchronized List<Over> over() {
    long now = nanoTime.getAsLong();
    List<Over> over = new ArrayList<>();
    for (Iterator<Map.Entry<Class<?>, Kind>> all = kinds.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Class<?>, Kind> entry = all.next();
      Kind kind = entry.getValue();
      if (now - kind.last() >= QUIET.toNanos()) {
        Duration length = Duration.ofNanos(kind.last() - kind.since());
        over.add(new Over(entry.getKey().getName(), kind.count(), length));
        all.remove();
      }
    }
    isOn = !kinds.isEmpty();
    return over;
  }
}

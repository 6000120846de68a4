package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.domain.token.StreamToken;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The token up to which each application service has accepted its events. A host whose events outlive the process
 * stores these with them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface PushPositions {
  /** Returns the position of a service, if it has one yet. */
  Optional<StreamToken> get(String service);

  /** Sets the position of a service, which has accepted the transaction that was begun. */
  void set(String service, StreamToken position);

  /**
   * Returns the transaction that was begun and not accepted yet, which a new pusher sends first, unchanged. By default
   * there is none, and the same events come in a transaction with another id after a restart.
   */
  default Optional<PushedTransaction> begun(String service) {
    return Optional.empty();
  }

  /** Records a transaction before it is sent for the first time. By default does nothing. */
  default void begin(String service, PushedTransaction transaction) {}

  /** Returns positions in memory: what comes while this server is down is not pushed. */
  static PushPositions inMemory() {
    Map<String, StreamToken> positions = new ConcurrentHashMap<>();
    Map<String, PushedTransaction> begun = new ConcurrentHashMap<>();
    return new PushPositions() {
      @Override
      public Optional<StreamToken> get(String service) {
        return Optional.ofNullable(positions.get(service));
      }

      @Override
      public void set(String service, StreamToken position) {
        positions.put(service, position);
        begun.remove(service);
      }

      @Override
      public Optional<PushedTransaction> begun(String service) {
        return Optional.ofNullable(begun.get(service));
      }

      @Override
      public void begin(String service, PushedTransaction transaction) {
        begun.put(service, transaction);
      }
    };
  }
}

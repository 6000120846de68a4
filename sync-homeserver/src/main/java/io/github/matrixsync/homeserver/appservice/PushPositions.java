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

  void set(String service, StreamToken position);

  /** Returns positions in memory: what comes while this server is down is not pushed. */
  static PushPositions inMemory() {
    Map<String, StreamToken> positions = new ConcurrentHashMap<>();
    return new PushPositions() {
      @Override
      public Optional<StreamToken> get(String service) {
        return Optional.ofNullable(positions.get(service));
      }

      @Override
      public void set(String service, StreamToken position) {
        positions.put(service, position);
      }
    };
  }
}

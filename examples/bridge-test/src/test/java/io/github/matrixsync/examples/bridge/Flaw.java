package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Flaws that a bridge may have. {@code PlantedFlawsTest} shows that the bridge's tests find each of them. */
enum Flaw {
  /** None. */
  NONE,
  /** The bridge's own messages are sent to the network again. */
  ECHO,
  /** A redaction does not reach the network. */
  LOST_REDACTION,
  /** A ghost never stops typing. */
  ENDLESS_TYPING,
  /** A message is sent twice if the first answer was lost. */
  SECOND_ANSWER,
  /** What failed is not repeated: a poll, or a call of the network. */
  NO_RETRY;

  Predicate<UserId> ours(Predicate<UserId> right) {
    return this == ECHO ? user -> false : right;
  }

  ChatNetwork network(ChatNetwork right) {
    AtomicInteger tries = new AtomicInteger();
    return switch (this) {
      case LOST_REDACTION -> replace(ChatNetwork.class, right, "delete", arguments -> null);
      case SECOND_ANSWER ->
        replace(
            ChatNetwork.class,
            right,
            "send",
            arguments -> right.send(
                (String) arguments[0],
                (String) arguments[1],
                arguments[2] + "-" + tries.incrementAndGet(),
                (String) arguments[3]));
      default -> right;
    };
  }

  Homeserver homeserver(Homeserver right) {
    return this != ENDLESS_TYPING
        ? right
        : replace(Homeserver.class, right, "type", arguments -> {
          if (!arguments[2].equals(Duration.ZERO)) {
            right.type((UserId) arguments[0], (RoomId) arguments[1], Duration.ofDays(1));
          }
          return null;
        });
  }

  Delays delays(Delays right) {
    return this == NO_RETRY ? (task, delay) -> {} : right;
  }

  private interface Call {
    Object with(Object[] arguments);
  }

  /** Returns an object that behaves like the given one, except for the methods with this name. */
  private static <T> T replace(Class<T> type, T right, String name, Call call) {
    InvocationHandler handler = (proxy, method, arguments) -> {
      try {
        return method.getName().equals(name)
            ? call.with(arguments)
            : method.invoke(right, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}

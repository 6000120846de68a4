package io.github.matrixsync.law;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BiFunction;

/** Wraps stores to change what an engine reads of them. */
public final class Between {
  private static final Set<String> DO_NOT_READ =
      Set.of("watermark", "retainedAfter", "backfilledTo", "onAdvance", "onChange", "close");

  private Between() {}

  /** Returns a store that runs {@code first} before each read. */
  public static <T> T beforeReads(Class<T> type, T role, Runnable first) {
    return with(type, role, (method, arguments) -> {
      if (!DO_NOT_READ.contains(method)) {
        first.run();
      }
      return arguments;
    });
  }

  /** Returns a store that replaces the arguments of each call by what {@code change} makes of them. */
  public static <T> T with(Class<T> type, T role, BiFunction<String, Object[], Object[]> change) {
    Object between = Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          Object[] original = arguments == null ? new Object[0] : arguments;
          try {
            return method.invoke(role, change.apply(method.getName(), original));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return type.cast(between);
  }
}

package io.github.matrixsync.examples.adapters.contract;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that the JVM runs when it is told to end, as by SIGTERM. */
final class ShutdownHooks {
  private ShutdownHooks() {}

  /** Returns those that are registered now. Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}. */
  static Set<Thread> registered() {
    try {
      Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      hooks.setAccessible(true);
      return ((Map<?, ?>) Objects.requireNonNull(hooks.get(null)))
          .keySet().stream().map(Thread.class::cast).collect(Collectors.toSet());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK keeps its hooks elsewhere", e);
    }
  }
}

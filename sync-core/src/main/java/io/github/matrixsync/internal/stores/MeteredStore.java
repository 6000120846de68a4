package io.github.matrixsync.internal.stores;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decorates a store of any role: counts and times every call that may do I/O, and passes the others on. Thread-safe.
 *
 * <p>It is a {@link Proxy}, so that a method that is added to a role is metered too. A native image needs the role's
 * interface in its proxy configuration.
 */
final class MeteredStore implements InvocationHandler {
  /** The methods that do no I/O, of all roles. */
  private static final Set<String> NO_IO = Set.of(
      "watermark",
      "retainedAfter",
      "backfilledTo",
      "onAdvance",
      "onChange",
      "onMessage",
      "nextDeadline");

  private final Object store;
  private final Map<Method, CallMeter> meters = new HashMap<>();

  private MeteredStore(Class<?> role, String name, Object store, CallMeters calls) {
    this.store = store;
    Map<String, CallMeter> byName = new TreeMap<>();
    for (Method method : role.getMethods()) {
      if (!NO_IO.contains(method.getName())) {
        byName.computeIfAbsent(method.getName(), key -> calls.add(name + "." + key));
        meters.put(method, byName.get(method.getName()));
      }
    }
  }

  /** Returns a store whose calls are metered as {@code name.method}. */
  static <R> R of(Class<R> role, String name, R store, CallMeters calls) {
    MeteredStore metered = new MeteredStore(role, name, store, calls);
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, metered));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    CallMeter meter = meters.get(method);
    return meter == null ? call(method, arguments) : meter.time(() -> call(method, arguments));
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

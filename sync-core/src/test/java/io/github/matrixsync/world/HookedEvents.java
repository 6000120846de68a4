package io.github.matrixsync.world;

import io.github.matrixsync.store.EventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** An event store that runs a hook before each call, for example to take time, fail or wait. */
public final class HookedEvents {
  private final EventStore store;
  private volatile Consumer<String> before = method -> {};

  public HookedEvents(EventStore store) {
    this.store = store;
  }

  /** Sets a hook that runs before each call and gets the name of the method. */
  public void before(Consumer<String> hook) {
    before = hook;
  }

  /** Sets a hook that runs before each call of one method. */
  public void before(String method, Runnable hook) {
    before(called -> {
      if (called.equals(method)) {
        hook.run();
      }
    });
  }

  /** Removes the hook. */
  public void calm() {
    before(method -> {});
  }

  public EventStore store() {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    before.accept(method.getName());
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

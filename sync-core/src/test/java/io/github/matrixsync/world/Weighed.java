package io.github.matrixsync.world;

import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;

/**
 * An event store that counts the bytes of JSON in the states and newest messages that it returns. Confined to one
 * thread.
 */
public final class Weighed {
  public long bytes;
  private final EventStore store;

  public Weighed(EventStore store) {
    this.store = store;
  }

  public EventStore store() {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    Object answer;
    try {
      answer = method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (method.getName().equals("state") || method.getName().equals("latest")) {
      ((Map<?, ?>) answer).values().forEach(list -> ((Collection<?>) list).forEach(this::count));
    }
    return answer;
  }

  private void count(Object event) {
    bytes += ((StoredEvent) event).event().json().length();
  }
}

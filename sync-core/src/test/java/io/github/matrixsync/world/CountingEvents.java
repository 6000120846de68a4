package io.github.matrixsync.world;

import io.github.matrixsync.store.EventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An event store that records the names of its reads: those of members and memberships, or all. Confined to one thread.
 */
public final class CountingEvents {
  private static final Set<String> MEMBERS = Set.of("joinedMembers", "memberships", "timelines");
  private static final Set<String> OTHERS =
      Set.of("log", "events", "state", "latest", "history", "pointAt", "backfill", "members");

  public final List<String> reads = new ArrayList<>();
  private final EventStore store;
  private final boolean all;

  public CountingEvents(EventStore store) {
    this(store, false);
  }

  public CountingEvents(EventStore store, boolean all) {
    this.store = store;
    this.all = all;
  }

  public EventStore store() {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (MEMBERS.contains(name) || (all && OTHERS.contains(name))) {
      reads.add(name);
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

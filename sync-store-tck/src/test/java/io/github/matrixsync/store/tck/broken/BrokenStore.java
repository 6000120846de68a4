package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An event store that breaks one rule and keeps all others.
 *
 * @param rule the rule that it breaks
 * @param how in which way
 * @param newLog makes its storage
 * @param newStore makes an instance on its storage
 */
public record BrokenStore(
    Rule rule,
    String how,
    Supplier<ReferenceLog> newLog,
    Function<ReferenceLog, ReferenceEventStore> newStore) {
  public static BrokenStore ofStore(
      Rule rule, String how, Function<ReferenceLog, ReferenceEventStore> newStore) {
    return new BrokenStore(rule, how, ReferenceLog::new, newStore);
  }

  public static BrokenStore ofLog(Rule rule, String how, Supplier<ReferenceLog> newLog) {
    return new BrokenStore(rule, how, newLog, ReferenceEventStore::new);
  }

  @Override
  public String toString() {
    return rule.name() + " " + how;
  }
}

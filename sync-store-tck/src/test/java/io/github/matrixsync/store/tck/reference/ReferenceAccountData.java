package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import java.util.List;

/** Account data as plainly as it can be written. Thread-safe. */
public class ReferenceAccountData extends ReferenceStream<UserId, AccountDataChange>
    implements SettableAccountDataStore {
  public ReferenceAccountData(long firstPosition) {
    super(firstPosition);
  }

  @Override
  public UserId keyOf(AccountDataChange change) {
    return change.user();
  }

  @Override
  public Object entryOf(AccountDataChange change) {
    return List.of(change.user(), change.room(), change.type());
  }

  @Override
  public long set(AccountDataChange entry) {
    Pause.next().run();
    long position;
    synchronized (storage) {
      for (AccountDataChange row : storage.rows) {
        if (entryOf(row).equals(entryOf(entry)) && isSame(row, entry)) {
          return row.position();
        }
      }
      position = put(next ->
          new AccountDataChange(next, entry.user(), entry.room(), entry.type(), entry.content()));
    }
    publish();
    return position;
  }

  public boolean isSame(AccountDataChange row, AccountDataChange entry) {
    return row.content().equals(entry.content());
  }
}

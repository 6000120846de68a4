package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One poll caches a service's membership while the window advances and another poll applies its changes. */
class ServiceReaderRaceTest {
  private static final int INTERLEAVINGS = 100;
  private static final WindowEntry LEAVE =
      new WindowEntry(Logged.leave("$2:h", Logged.ALICE).apply(2), Optional.empty());
  private static final Map<RoomId, Set<UserId>> MEMBERS_AT_1 =
      Map.of(Logged.ROOM, Set.of(Logged.ALICE));
  private static final List<RoomId> ROOMS = List.of(Logged.ROOM);

  /** Caches whether a service is in one room. */
  interface MembershipCache {
    void cacheMembers(Window.View view);

    void roll(Window.View view);

    boolean isInAt2();
  }

  private static final class RealReader implements MembershipCache {
    private final ServiceReader reader = new ServiceReader(
        new AppService(Logged.ALICE, ServiceNamespaces.of(List.of(), List.of(), List.of())));

    @Override
    public void cacheMembers(Window.View view) {
      reader.cacheMembers(view, MEMBERS_AT_1, 1);
    }

    @Override
    public void roll(Window.View view) {
      Set<RoomId> unused = reader.unknown(view, ROOMS, 1);
    }

    @Override
    public boolean isInAt2() {
      return reader.ofInterest(ROOMS, 2).filter(rooms -> !rooms.isEmpty()).isPresent();
    }
  }

  /** Caches members with any view, though a newer view may have been applied already. */
  private static final class CarelessReader implements MembershipCache {
    private boolean known; // guarded by this
    private boolean in; // guarded by this
    private long through = 1; // guarded by this

    @Override
    public synchronized void cacheMembers(Window.View view) {
      known = true;
      in = true;
      take(view, 1);
    }

    @Override
    public synchronized void roll(Window.View view) {
      if (known) {
        take(view, through);
      }
      through = view.size() == 0 ? view.after() : view.entry(view.end() - 1).position();
    }

    private void take(Window.View view, long after) {
      for (int i = view.indexAfter(after); i < view.end(); i++) {
        for (StateChange change : view.entry(i).stored().changes()) {
          in = change instanceof MemberChange member && member.after() == Membership.JOIN;
        }
      }
    }

    @Override
    public synchronized boolean isInAt2() {
      return known && in;
    }
  }

  /** One poll caches that the service is in the room, while the service leaves and another poll looks. */
  private static final class CacheAndLeave extends Race {
    private final Window window = new Window(1, 10, Long.MAX_VALUE);
    private final MembershipCache service;

    CacheAndLeave(MembershipCache service) {
      this.service = service;
    }

    @Override
    protected void one() {
      service.cacheMembers(window.view());
    }

    @Override
    protected void other() {
      window.append(List.of(LEAVE));
      service.roll(window.view());
    }

    @Override
    protected void check() {
      service.roll(window.view());
      require(!service.isInAt2(), "who has left is not known to be in");
    }
  }

  @Test
  void cacheMembers_whileTheWindowAdvances_isNotStale() {
    Race.explore(INTERLEAVINGS, () -> new CacheAndLeave(new RealReader()));
  }

  @Test
  void cacheMembers_brokenTwinWhileTheWindowAdvances_isStale() {
    Race.assertFound(() -> new CacheAndLeave(new CarelessReader()));
  }
}

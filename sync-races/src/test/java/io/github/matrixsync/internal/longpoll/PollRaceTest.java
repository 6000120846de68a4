package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.races.Race;
import org.junit.jupiter.api.Test;

/** Looking and parking of one poll, concurrent with wake-ups and with the end of the poll. */
class PollRaceTest {
  private static final StreamToken HERE = StreamToken.of(1, 0, 0);
  private static final String ANSWER = "answer";
  private static final UserId ALICE = UserId.parse("@a:h");

  /** A poll that is woken and parks. */
  interface Parking {
    boolean wake();

    boolean park();
  }

  private static final class Owner implements Poll.Owner {
    private volatile int ending;
    private volatile int ended;
    private volatile boolean inOrder = true;

    @Override
    public void timeUp(Poll<?, ?> poll) {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the model checker stops it between the two
    public void ending(Poll<?, ?> poll) {
      ending++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the model checker stops it between the two
    public void ended(Poll<?, ?> poll) {
      inOrder = ending == 1 && poll.isDone();
      ended++;
    }
  }

  /** No poll here looks. */
  private static final class NoLooks implements Looks<String, String> {
    @Override
    public String look(
        Poll<String, String> poll, boolean mayBlock, UnfinishedLook<String> unfinished) {
      return nothing(poll);
    }

    @Override
    public String nothing(Poll<String, String> poll) {
      return ANSWER;
    }

    @Override
    public boolean isEmpty(String answer) {
      return true;
    }

    @Override
    public boolean isPresenceOnly(String answer) {
      return false;
    }
  }

  private static final class RealPoll implements Parking {
    private final Poll<String, String> poll = poll(new Owner());

    @Override
    public boolean wake() {
      return poll.wake();
    }

    @Override
    public boolean park() {
      return poll.park();
    }
  }

  /** Reads its state and changes it in a second step: between the two it misses what the other thread does. */
  private static final class CarelessPoll implements Parking {
    private volatile int state;

    @Override
    public boolean wake() {
      boolean parked = state == 2;
      state = parked ? 0 : 1;
      return parked;
    }

    @Override
    public boolean park() {
      boolean again = state == 1;
      state = again ? 0 : 2;
      return !again;
    }
  }

  /** A poll looks for events and parks, while an event is stored and wakes it. */
  private static final class WakeUp extends Race {
    private final Parking poll;
    private volatile boolean eventStored;
    private volatile boolean seen;
    private volatile boolean looking;
    private volatile boolean together;

    WakeUp(Parking poll) {
      this.poll = poll;
    }

    private void look() {
      do {
        together |= looking;
        looking = true;
        seen |= eventStored;
        looking = false;
      } while (!poll.park());
    }

    @Override
    protected void one() {
      look();
    }

    @Override
    protected void other() {
      eventStored = true;
      if (poll.wake()) {
        look();
      }
    }

    @Override
    protected void check() {
      require(seen, "the wake-up was lost");
      require(!together, "two threads ran one poll");
    }
  }

  /** A parked poll that is woken twice. */
  private static final class TwoWakeUps extends Race {
    private final Parking poll;
    private volatile boolean oneRuns;
    private volatile boolean otherRuns;

    TwoWakeUps(Parking poll) {
      this.poll = poll;
      require(poll.park(), "nobody has woken it");
    }

    @Override
    protected void one() {
      oneRuns = poll.wake();
    }

    @Override
    protected void other() {
      otherRuns = poll.wake();
    }

    @Override
    protected void check() {
      require(oneRuns != otherRuns, "one of the two is to run it, and one alone");
      require(!poll.park(), "the second wake-up has it look once more");
    }
  }

  /** An answer, and a cancellation by the caller. */
  private static final class TwoEnds extends Race {
    private final Owner owner = new Owner();
    private final Poll<String, String> poll = poll(owner);

    @Override
    protected void one() {
      poll.complete(ANSWER);
    }

    @Override
    protected void other() {
      poll.cancel(true);
    }

    @Override
    protected void check() {
      require(poll.isDone(), "it has ended");
      require(owner.ending == 1 && owner.ended == 1, "its end is told once");
      require(owner.inOrder, "first that it comes, then that it has come");
      require(!poll.wake(), "who has ended is not woken");
    }
  }

  @Test
  void wake_whileItLooksOrParks_isNeverLost() {
    Race.explore(() -> new WakeUp(new RealPoll()));
  }

  @Test
  void wake_carelessTwin_isLost() {
    Race.assertFound(() -> new WakeUp(new CarelessPoll()));
  }

  @Test
  void wake_twiceAtOnce_isOneThreadsToRun() {
    Race.explore(() -> new TwoWakeUps(new RealPoll()));
  }

  @Test
  void wake_carelessTwinTwiceAtOnce_isBothThreadsToRun() {
    Race.assertFound(() -> new TwoWakeUps(new CarelessPoll()));
  }

  @Test
  void end_answerAndCancelAtOnce_isToldOnce() {
    Race.explore(TwoEnds::new);
  }

  private static Poll<String, String> poll(Poll.Owner owner) {
    return new Poll<>(
        new Poll.Kind<>(owner, new NoLooks()), new Subscriber(ALICE), HERE, "request", 0);
  }
}

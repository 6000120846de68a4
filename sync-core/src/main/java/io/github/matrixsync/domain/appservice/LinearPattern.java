package io.github.matrixsync.domain.appservice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A regular expression that is matched without backtracking. All possible matches are followed in parallel, one code
 * point of the id after another, so the time is at most the length of the pattern times that of the id (squared, with
 * look-aheads). Immutable, thread-safe.
 *
 * <p>Matches the same ids as {@link java.util.regex.Matcher#lookingAt}.
 */
final class LinearPattern {
  /** The maximum number of steps of a pattern, with repetitions expanded. */
  static final int MOST_STEPS = 2_000;

  private final List<Step> steps = new ArrayList<>(); // never changed once it is made
  private final int start;
  private final String text;
  private int copies;
  private int lookAheads;

  /** A step of the automaton; the numbers refer to the next steps. */
  private sealed interface Step {
    record Take(PatternNode.CodePoints set, int next) implements Step {}

    record Fork(int one, int other) implements Step {}

    record At(Pattern assertion, int next) implements Step {}

    record Ahead(int number, int part, boolean negative, int next) implements Step {}

    record Done() implements Step {}
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if it is too long, or {@link PatternParser#parse} refuses it
   */
  LinearPattern(Pattern pattern) {
    text = pattern.pattern();
    PatternNode node = PatternParser.parse(pattern);
    start = compile(node, add(new Step.Done()));
  }

  /** Returns whether an id begins with a match. */
  boolean matchesStartOf(String id) {
    return new Run(id).matches(start, 0);
  }

  /** Returns the regular expression. */
  @Override
  public String toString() {
    return text;
  }

  /** Adds the steps of a part, and returns the first. */
  private int compile(PatternNode node, int next) {
    if (node instanceof PatternNode.OneOf one) {
      return add(new Step.Take(one.set(), next));
    }
    if (node instanceof PatternNode.Place place) {
      return add(new Step.At(place.assertion(), next));
    }
    if (node instanceof PatternNode.Repeat repeat) {
      return compile(repeat, next);
    }
    if (node instanceof PatternNode.LookAhead ahead) {
      int part = compile(ahead.part(), add(new Step.Done()));
      return add(new Step.Ahead(lookAheads++, part, ahead.negative(), next));
    }
    if (node instanceof PatternNode.Choice choice) {
      int first = compile(choice.parts().get(0), next);
      for (PatternNode part : choice.parts().subList(1, choice.parts().size())) {
        first = add(new Step.Fork(first, compile(part, next)));
      }
      return first;
    }
    List<PatternNode> parts = ((PatternNode.Sequence) node).parts();
    int first = next;
    for (int i = parts.size() - 1; i >= 0; i--) {
      first = compile(parts.get(i), first);
    }
    return first;
  }

  private int compile(PatternNode.Repeat repeat, int next) {
    int first = next;
    if (repeat.most() == PatternNode.Repeat.UNBOUNDED) {
      first = add(new Step.Done());
      steps.set(first, new Step.Fork(compile(repeat.part(), first), next));
    }
    for (int i = repeat.least(); i < repeat.most(); i++) {
      first = add(new Step.Fork(compile(repeat.part(), first), next));
    }
    for (int i = 0; i < repeat.least(); i++) {
      count(++copies);
      first = compile(repeat.part(), first);
    }
    return first;
  }

  private int add(Step step) {
    count(steps.size() + 1);
    steps.add(step);
    return steps.size() - 1;
  }

  private void count(int steps) {
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "more than " + MOST_STEPS + " steps in the pattern of a namespace: " + text);
    }
  }

  /** A match of one id. Confined to one thread. */
  private final class Run {
    private final String id;
    private final Boolean[][] ahead = new Boolean[lookAheads][];

    Run(String id) {
      this.id = id;
    }

    boolean matches(int first, int from) {
      Places now = new Places();
      if (now.reach(first, from)) {
        return true;
      }
      for (int at = from; at < id.length() && !now.isEmpty(); ) {
        int codePoint = id.codePointAt(at);
        at += Character.charCount(codePoint);
        Places after = new Places();
        for (int i = 0; i < now.takes; i++) {
          Step.Take take = (Step.Take) steps.get(now.open[i]);
          if (take.set().contains(codePoint) && after.reach(take.next(), at)) {
            return true;
          }
        }
        now = after;
      }
      return false;
    }

    private boolean isAhead(Step.Ahead step, int at) {
      Boolean[] known = ahead[step.number()];
      if (known == null) {
        known = new Boolean[id.length() + 1];
        ahead[step.number()] = known;
      }
      Boolean found = known[at];
      if (found == null) {
        found = matches(step.part(), at) != step.negative();
        known[at] = found;
      }
      return found;
    }

    private boolean isAt(Step.At step, int at) {
      return step.assertion()
          .matcher(id)
          .region(at, id.length())
          .useAnchoringBounds(false)
          .useTransparentBounds(true)
          .lookingAt();
    }

    /** The steps reached at one index of the id. */
    private final class Places {
      private final boolean[] reached = new boolean[steps.size()];
      private int[] open = new int[8];
      private int takes;
      private int[] pending = new int[8];
      private int waiting;

      boolean isEmpty() {
        return takes == 0;
      }

      /** Follows steps that need no code point. Returns whether the end is reached. */
      boolean reach(int first, int at) {
        pend(first);
        while (waiting > 0) {
          int next = pending[--waiting];
          Step step = steps.get(next);
          if (step instanceof Step.Done) {
            return true;
          }
          if (!reached[next]) {
            reached[next] = true;
            follow(next, step, at);
          }
        }
        return false;
      }

      private void follow(int number, Step step, int at) {
        if (step instanceof Step.Take) {
          open = with(open, takes++, number);
        } else if (step instanceof Step.Fork fork) {
          pend(fork.one());
          pend(fork.other());
        } else if (step instanceof Step.At place && isAt(place, at)) {
          pend(place.next());
        } else if (step instanceof Step.Ahead look && isAhead(look, at)) {
          pend(look.next());
        }
      }

      private void pend(int number) {
        pending = with(pending, waiting++, number);
      }

      private int[] with(int[] numbers, int index, int number) {
        int[] grown = index < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * index);
        grown[index] = number;
        return grown;
      }
    }
  }
}

package io.github.matrixsync.domain.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Patterns match random ids as {@link java.util.regex} does. {@code -Dpatterns.seeds=N} tries more.
 *
 * <p>Groups are not repeated twice or more, because there {@code java.util.regex} misses matches in which a repetition
 * is empty: {@code (^|a){2}\z} of {@code a}.
 */
class LinearPatternOracleTest {
  private static final int SEEDS = Integer.getInteger("patterns.seeds", 20_000);
  private static final String[] ATOMS = {
    "a",
    "b",
    "_",
    ".",
    "[ab]",
    "[^a]",
    "[]b]",
    "[a-b&&[^b]]",
    "\\w",
    "\\W",
    "\\.",
    "\\Qa.\\E",
    "^",
    "$",
    "\\b",
    "\\B",
    "\\z",
    "\\x61",
    "é",
    "(?i)",
    "(?-i)",
    "A"
  };
  private static final String[] TIMES = {
    "", "", "", "*", "+", "?", "*?", "+?", "{2}", "{0,2}", "{1,}", "{1,2}?"
  };
  private static final String[] LETTERS = {"a", "b", "A", "_", ".", "é", "\n", "]", "😀"};

  @Test
  void matchesStartOf_randomPatternsAndIds_isWhatJavaSays() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      Pattern pattern = Pattern.compile("(?:" + choice(random, 3) + ")");
      LinearPattern linear = new LinearPattern(pattern);
      for (int i = 0; i < 5; i++) {
        String id = id(random);
        assertThat(linear.matchesStartOf(id))
            .as("seed %d: pattern <%s> on <%s>", seed, pattern, id)
            .isEqualTo(pattern.matcher(id).lookingAt());
      }
    }
  }

  private static String choice(Random random, int depth) {
    String one = sequence(random, depth);
    return random.nextInt(4) == 0 ? one + "|" + sequence(random, depth) : one;
  }

  private static String sequence(Random random, int depth) {
    StringBuilder sequence = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String atom = atom(random, depth);
      boolean isFlag = atom.startsWith("(?") && atom.length() <= 5 && atom.endsWith("i)");
      String times = isFlag ? "" : pick(random, TIMES);
      boolean isGroup = atom.startsWith("(");
      sequence.append(atom).append(isGroup && times.equals("{2}") ? "" : times);
    }
    return sequence.toString();
  }

  private static String atom(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return pick(random, ATOMS);
    }
    String inner = choice(random, depth - 1);
    return switch (random.nextInt(5)) {
      case 0 -> "(?=" + inner + ")";
      case 1 -> "(?!" + inner + ")";
      case 2 -> "(?:" + inner + ")";
      case 3 -> "(?i:" + inner + ")";
      default -> "(" + inner + ")";
    };
  }

  private static String id(Random random) {
    StringBuilder id = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      id.append(pick(random, LETTERS));
    }
    return id.toString();
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}

package io.github.matrixsync.examples.adapters.jdk;

/** Mistakes that adapters make, each with the test that finds it. */
enum Mistake {
  NONE(""),
  DECODES_PATHS("path_encoded_reachesTheEdgeAsItCame"),
  TAKES_TARGETS_FOR_PATHS("target_inAbsoluteForm_isThePathInIt"),
  RESOLVES_DOTS("badInput_isAnsweredOrRefused"),
  KEEPS_LAST_PARAMETERS("parameter_repeated_isSeenTwice"),
  FAILS_ON_FOREIGN_PATHS("path_notOurs_isNotFound"),
  WANTS_TOKENS_OF_PREFLIGHTS("options_asABrowserAsks_areAnsweredWithoutAToken"),
  IGNORES_BODIES("post_filter_isTakenAndOneTooLargeRefused"),
  COMPRESSES("answer_toABrowser_hasItsHeadersOnceAndIsNotCompressed"),
  REPEATS_HEADERS("answer_toABrowser_hasItsHeadersOnceAndIsNotCompressed"),
  SENDS_CHUNKS("answer_toABrowser_hasItsHeadersOnceAndIsNotCompressed"),
  WAITS_FOR_AN_HOUR("poll_thatAsksForAnHour_waitsNoLongerThanTheCap"),
  HOLDS_THREADS("polls_aThousand_holdFewThreadsAndAllHearOfAnEvent"),
  KEEPS_FIRST_USERS("poll_secondRequestOnItsConnection_isAnsweredAfterIt"),
  STOPS_WITH_THE_JVM("shutdown_ofTheJvm_leavesTheServerToTheHost"),
  LOGS_QUERIES("closeServer");

  private final String test;

  Mistake(String test) {
    this.test = test;
  }

  /** Returns the name of the test's method. */
  String test() {
    return test;
  }
}

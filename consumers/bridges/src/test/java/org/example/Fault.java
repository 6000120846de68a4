package org.example;

import io.github.matrixsync.testkit.http.NextRequest;
import java.time.Duration;
import java.util.function.Consumer;

/** What goes wrong with a request. */
enum Fault {
  ANSWERS_503(request -> request.answers(503)),
  LIMITS(request -> request.limits(Duration.ofSeconds(1))),
  HANGS_UP(NextRequest::hangsUp),
  HANGS_UP_AFTER_DOING(NextRequest::hangsUpAfterDoing),
  CUTS_THE_BODY(NextRequest::cutsTheBody),
  ANSWERS_NONSENSE(NextRequest::answersNonsense);

  private final Consumer<NextRequest> plan;

  Fault(Consumer<NextRequest> plan) {
    this.plan = plan;
  }

  /** Lets this go wrong with a request. */
  void with(NextRequest request) {
    plan.accept(request);
  }
}

package io.github.matrixsync.store.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Puts the rule that a test is about before the message of its failure, be it in the test or in opening or closing its store. Stateless. */
final class RuleNames
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    throw named(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(
      ExtensionContext context, Throwable failure) {
    throw named(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) {
    throw named(context, failure);
  }

  private static AssertionError named(ExtensionContext context, Throwable failure) {
    Rule rule = Rule.of(context.getRequiredTestMethod().getName());
    return new AssertionError(rule + " is broken: " + failure.getMessage(), failure);
  }
}

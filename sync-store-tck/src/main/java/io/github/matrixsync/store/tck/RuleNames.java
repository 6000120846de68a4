package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.tck.support.Rule;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Puts the rule that a test is about before the message of its failure, be it in the test or in opening or closing its
 * store, and the last calls of the store behind it. Stateless.
 */
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
    String calls = callsOf(context.getRequiredTestInstance());
    return new AssertionError(rule + " is broken: " + failure.getMessage() + calls, failure);
  }

  private static String callsOf(Object test) {
    String calls = test instanceof StoreTck<?> tck ? tck.calls().toString() : "";
    return calls.isEmpty() ? "" : "\nThe test's last calls, the latest first:" + calls;
  }
}

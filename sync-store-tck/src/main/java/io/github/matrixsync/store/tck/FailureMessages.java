package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.tck.support.Rule;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Adds the rule of the test and the last calls of the store to the message of a failure, whether the test failed or the
 * opening or closing of its store. Stateless.
 */
final class FailureMessages
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

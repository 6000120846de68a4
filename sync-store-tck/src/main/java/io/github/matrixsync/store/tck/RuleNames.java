package io.github.matrixsync.store.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Puts the rule that a test is about before the message of its failure. Stateless. */
final class RuleNames implements TestExecutionExceptionHandler {
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    Rule rule = Rule.of(context.getRequiredTestMethod().getName());
    throw new AssertionError(rule + " is broken: " + failure.getMessage(), failure);
  }
}

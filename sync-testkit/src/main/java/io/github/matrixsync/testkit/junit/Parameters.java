package io.github.matrixsync.testkit.junit;

import io.github.matrixsync.testkit.MatrixWorld;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.opentest4j.TestAbortedException;

/** The handling of parameters, and of the end of a world, that both extensions share. */
final class Parameters {
  private Parameters() {}

  static boolean isWorld(ParameterContext parameter) {
    return parameter.getParameter().getType() == MatrixWorld.class;
  }

  /** Throws if a method has a second world as a parameter. */
  static void requireOnlyOne(ParameterContext parameter) {
    long worlds = Arrays.stream(parameter.getDeclaringExecutable().getParameterTypes())
        .filter(type -> type == MatrixWorld.class)
        .count();
    if (worlds > 1) {
      throw new ParameterResolutionException(parameter.getDeclaringExecutable().getName() + " has "
          + worlds + " parameters of the type MatrixWorld, but a test has one world; "
          + "for a second one write MatrixWorld.create() and close it");
    }
  }

  static String testName(ExtensionContext context) {
    String type = context.getTestClass().map(Class::getSimpleName).orElse("");
    return type + "." + context.getTestMethod().map(method -> method.getName()).orElse("");
  }

  /** Closes a world, and prints its story if its test failed or fails now. A skipped test stays skipped. */
  static void end(MatrixWorld world, ExtensionContext context) {
    Optional<Throwable> before = context.getExecutionException();
    boolean isSkipped = before.filter(TestAbortedException.class::isInstance).isPresent();
    if (before.isPresent() && !isSkipped) {
      print(world, context);
    }
    try {
      world.close();
    } catch (RuntimeException | AssertionError e) {
      if (isSkipped) {
        return;
      }
      if (before.isEmpty()) {
        print(world, context);
      }
      throw e;
    }
  }

  @SuppressWarnings("SystemOut")
  private static void print(MatrixWorld world, ExtensionContext context) {
    System.out.println("The story of " + testName(context) + ":\n" + world.story());
  }
}

package io.github.matrixsync.testkit.junit;

import io.github.matrixsync.testkit.MatrixWorld;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

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

  /** Closes a world, and prints its story first if its test failed. */
  static void end(MatrixWorld world, ExtensionContext context) {
    context.getExecutionException().ifPresent(failure -> print(world, context));
    world.close();
  }

  @SuppressWarnings("SystemOut")
  private static void print(MatrixWorld world, ExtensionContext context) {
    System.out.println("The story of " + testName(context) + ":\n" + world.story());
  }
}

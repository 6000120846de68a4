package io.github.matrixsync.testkit.junit;

import io.github.matrixsync.testkit.MatrixWorld;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Creates a world when a test first asks for it, and closes the world after the test; {@link MatrixTest} registers it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // who uses it requires JUnit
public final class WorldPerTest implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(WorldPerTest.class);

  /** Creates the extension, for JUnit. */
  public WorldPerTest() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Parameters.isWorld(parameter);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Parameters.requireOnlyOne(parameter);
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException("@MatrixTest has a world for each test, not for "
          + parameter.getDeclaringExecutable().getName() + " of a class; write "
          + "@RegisterExtension static final MatrixWorldExtension MATRIX = "
          + "MatrixWorldExtension.with(builder -> {}), and use MATRIX.world()");
    }
    MatrixWorld known = store(context).get(MatrixWorld.class, MatrixWorld.class);
    if (known != null) {
      return known;
    }
    MatrixWorld world = MatrixWorld.builder().test(Parameters.testName(context)).build();
    store(context).put(MatrixWorld.class, world);
    return world;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    MatrixWorld world = store(context).remove(MatrixWorld.class, MatrixWorld.class);
    if (world != null) {
      Parameters.end(world, context);
    }
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}

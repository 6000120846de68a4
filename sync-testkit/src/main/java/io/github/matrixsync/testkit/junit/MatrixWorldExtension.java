package io.github.matrixsync.testkit.junit;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.MatrixWorldBuilder;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Creates worlds with options; registered by a field with {@code @RegisterExtension}. An instance field has one world
 * for each test, a static field one world for the class. Tests get the world from {@link #world()} or as a parameter.
 * Confined to the tests of one class, which run one after another.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // who uses it requires JUnit
public final class MatrixWorldExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private final Consumer<MatrixWorldBuilder> options;
  private @Nullable MatrixWorld world;
  private @Nullable Class<?> owner;
  private String test = "";

  private MatrixWorldExtension(Consumer<MatrixWorldBuilder> options) {
    this.options = options;
  }

  /** Returns an extension whose worlds have these options. */
  public static MatrixWorldExtension with(Consumer<MatrixWorldBuilder> options) {
    return new MatrixWorldExtension(Objects.requireNonNull(options, "options"));
  }

  /**
   * Returns the world of the test that runs, or of the class.
   *
   * @throws IllegalStateException if there is no world at this time
   */
  public MatrixWorld world() {
    MatrixWorld current = world;
    if (current == null) {
      throw new IllegalStateException(
          "there is no world now; is the field annotated with @RegisterExtension?");
    }
    return current;
  }

  /** Closes the world and creates a new, empty one with the same options, which {@link #world()} then returns. */
  public void reset() {
    world().close();
    begin(test);
  }

  private void begin(String name) {
    MatrixWorldBuilder builder = MatrixWorld.builder().test(name);
    options.accept(builder);
    test = name;
    world = builder.build();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (world == null && isStaticField(context)) {
      owner = context.getRequiredTestClass();
      begin(owner.getSimpleName());
    }
  }

  /** Returns whether this extension is registered by a static field of the test class or of one of its superclasses. */
  private boolean isStaticField(ExtensionContext context) {
    if (context.getTestInstanceLifecycle().equals(Optional.of(TestInstance.Lifecycle.PER_METHOD))) {
      return true;
    }
    for (Class<?> type = context.getRequiredTestClass();
        type != null;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && holdsThis(field)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean holdsThis(Field field) {
    try {
      return field.getType() == MatrixWorldExtension.class
          && field.trySetAccessible()
          && field.get(null) == this;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (owner == null) {
      if (world != null) {
        throw new IllegalStateException(
            "the world of " + test
                + " is still open; tests that run at the same time in one test instance need @MatrixTest");
      }
      begin(Parameters.testName(context));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (owner == null) {
      end(context);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (owner == context.getRequiredTestClass()) {
      owner = null;
      end(context);
    }
  }

  private void end(ExtensionContext context) {
    MatrixWorld current = world;
    world = null;
    if (current != null) {
      Parameters.end(current, context);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Parameters.isWorld(parameter);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Parameters.requireOnlyOne(parameter);
    MatrixWorld current = world;
    if (current == null) {
      throw new ParameterResolutionException("there is no world for "
          + parameter.getDeclaringExecutable().getName()
          + ", because the field of the MatrixWorldExtension is not static; write "
          + "@RegisterExtension static final MatrixWorldExtension MATRIX = …");
    }
    return current;
  }
}

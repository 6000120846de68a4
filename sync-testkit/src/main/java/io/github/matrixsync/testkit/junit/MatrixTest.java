package io.github.matrixsync.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test a world of its own, as a parameter of the type {@code MatrixWorld} of the test method and of its
 * {@code @BeforeEach} and {@code @AfterEach} methods. The world is closed after the test; if the test failed, the
 * world's story is printed. Annotates a class or a method.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // who uses it requires JUnit
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(WorldPerTest.class)
public @interface MatrixTest {}

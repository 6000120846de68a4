/**
 * Worlds for tests with JUnit, 5.12 to 6.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code MatrixTest}: a world for each test
 *   <li>{@code MatrixWorldExtension}: worlds with options, also for a class
 *   <li>{@code WorldPerTest}: creates the worlds of {@code MatrixTest}, {@code Parameters}: what both share
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.junit;

import org.jspecify.annotations.NullMarked;

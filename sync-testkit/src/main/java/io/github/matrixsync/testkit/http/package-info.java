/**
 * The HTTP server of a world: what is expected of the requests, and what goes wrong with them.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code WorldServer}: the server
 *   <li>{@code RequestPattern}: which requests are meant, and {@code ServedRequest}: one that came
 *   <li>{@code ExpectedRequest}: how often they are expected
 *   <li>{@code NextRequest}: what goes wrong with them
 *   <li>{@code FreePort}: where the program under test may listen
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.http;

import org.jspecify.annotations.NullMarked;

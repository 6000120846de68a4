/** {@code JdkAdapter}: the HTTP edge on the server of the JDK. */
@NullMarked
package io.github.matrixsync.examples.adapters.jdk;

import org.jspecify.annotations.NullMarked;

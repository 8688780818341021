/** Turns outcomes into what stores receive. The hottest code there is: no trees and no maps in between. */
package io.datamill.sink.render;

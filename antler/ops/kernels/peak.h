// What the processor can do at best.
#pragma once

namespace antler::ops::kernels {

/// Floating-point operations a second of fused multiply-adds, two each, on all threads; measured, in some 20
/// ms.
double peak_flops();

}  // namespace antler::ops::kernels

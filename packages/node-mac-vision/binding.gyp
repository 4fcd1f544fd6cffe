{
  # Only a Mac has something to build; elsewhere the target is empty.
  "targets": [{
    "target_name": "mac_vision",
    "conditions": [["OS=='mac'", {
      "sources": [
        "native/mac_vision.m",
        "native/mac_vision_memory.c",
        "native/addon/addon.cc",
        "native/addon/languages_worker.cc",
        "native/addon/marshal.cc",
        "native/addon/options.cc",
        "native/addon/recognize_worker.cc"
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=9",
        "NAPI_CPP_EXCEPTIONS",
        # A worker that is terminated with jobs under way cannot be thrown at; without this the process dies.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"
      ],
      "xcode_settings": {
        "MACOSX_DEPLOYMENT_TARGET": "13.0",
        "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
        "CLANG_CXX_LIBRARY": "libc++",
        "CLANG_ENABLE_OBJC_ARC": "YES",
        "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
        "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
        "WARNING_CFLAGS": ["-Wall", "-Wextra", "-Wunguarded-availability", "-Wno-unused-parameter"],
        # Without the first ARC leaks whatever an Objective-C exception unwinds. The C file has no use for it.
        "OTHER_CFLAGS": ["-fobjc-arc-exceptions", "-Wno-unused-command-line-argument"]
      },
      "link_settings": {
        "libraries": [
          "$(SDKROOT)/System/Library/Frameworks/Foundation.framework",
          "$(SDKROOT)/System/Library/Frameworks/CoreFoundation.framework",
          "$(SDKROOT)/System/Library/Frameworks/CoreGraphics.framework",
          "$(SDKROOT)/System/Library/Frameworks/ImageIO.framework",
          "$(SDKROOT)/System/Library/Frameworks/Vision.framework"
        ]
      }
    }, {
      "type": "none"
    }]]
  }]
}
